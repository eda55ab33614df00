//! `cargo xtask api`: schemathesis asks the running server whatever its document allows, and what
//! it does not. No answer may be the server's failure, and each must be as the document says.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{machine, paths, process, process::step, server::Server, site::Kind};

/// Cases for each address, beside those of the coverage phase.
const EXAMPLES: &str = "15";
/// The same cases each time: a test that fails by chance is no test.
const SEED: &str = "20260";
/// It says something when something happens, and does not end.
const ENDLESS: &str = "Live";
/// A refusal of one command is an answer of its own inside a 200, so checks that expect 4xx for
/// every wrong input do not apply.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";

pub fn run() -> Result<()> {
    super::setup::run()?;
    let huiyin = super::build::run(Kind::Release)?;
    against(&huiyin)
}

pub fn against(huiyin: &Path) -> Result<()> {
    step("schemathesis", || {
        let schemathesis = machine::schemathesis();
        let server = Server::start(huiyin, "api-data")?;
        let cookie = sign_in(huiyin, &server)?;
        process::run(
            Command::new(schemathesis)
                .arg("run")
                .arg(format!("http://{}/api/v1/openapi.json", server.address))
                .args(["--checks", CHECKS, "--max-examples", EXAMPLES])
                .args(["--exclude-operation-id", ENDLESS])
                .args(["--phases", "coverage,fuzzing", "--seed", SEED])
                .args(["--no-color", "--header", &format!("Cookie: {cookie}")])
                // Its cache of examples belongs to the build, not to the repository.
                .current_dir(paths::root().join("target")),
        )
    })
}

/// An official's session, so that the office's questions are answered too.
fn sign_in(huiyin: &Path, server: &Server) -> Result<String> {
    const NAME: &str = "演示甲";
    let code = Command::new(huiyin)
        .args(["demo", "--data"])
        .arg(&server.data)
        .args(["code", NAME])
        .output()?;
    let code = String::from_utf8(code.stdout)?;
    let name: String = NAME.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let form = format!("name={name}&password=huiyin-demo&code={}", code.trim());
    let answer = server.post(&format!("{}/office/sign-in", server.county), &form)?;
    let cookies: Vec<&str> = answer
        .head
        .lines()
        .filter_map(|line| line.split_once("set-cookie: ")?.1.split(';').next())
        .collect();
    ensure!(answer.status == 303, "signing in: {}", answer.head);
    let session = cookies
        .iter()
        .find(|pair| pair.starts_with("__Host-office="));
    Ok((*session.context("no session")?).to_owned())
}
