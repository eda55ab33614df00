//! The log tells the operator what happened and nobody what a person wrote.

use std::fs;

use serde_json::Value;
use uuid::Uuid;

use crate::{
    county::{client, code_of, envelope, file, sent},
    running::{COUNTY, Running, huiyin, init},
};

/// Words that only a person could have typed.
const CANARIES: [&str; 6] = [
    "金丝雀姓名",
    "金丝雀正文",
    "13987650000",
    "4711",
    "金丝雀密码",
    "203.0.113.77",
];

/// Every line without the times in it: their digits come by chance and may be those of a canary.
fn without_times(log: &str) -> String {
    let mut plain = String::new();
    for line in log.lines() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        line["timestamp"] = Value::Null;
        for time in ["elapsed", "elapsed_secs", "duration_us"] {
            if let Some(time) = line["fields"].get_mut(time) {
                *time = Value::Null;
            }
        }
        // Chance too: the id of a request.
        let spans = line.get_mut("spans").and_then(Value::as_array_mut);
        for span in spans.into_iter().flatten() {
            span["id"] = Value::Null;
        }
        if let Some(id) = line["span"].get_mut("id") {
            *id = Value::from(
                id.as_str()
                    .map_or_else(String::new, |id| "0".repeat(id.len())),
            );
        }
        plain.push_str(&line.to_string());
        plain.push('\n');
    }
    plain
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_holds_no_name_text_number_code_or_password() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let mut command = huiyin(
        folder.path(),
        &[
            "serve",
            "--data=data",
            "--addr=127.0.0.1:0",
            "--trusted-proxy=127.0.0.1",
        ],
    );
    command
        .env("HUIYIN_LOG", "debug")
        .env("HUIYIN_LOG_FORMAT", "json");
    let mut server = Running::started(command, folder.path());
    let [name, text, phone, digits, password, address] = CANARIES;
    let mut filed = file(phone, digits);
    filed["filing"]["party"]["petitioner"]["name"] = name.into();
    filed["filing"]["statement"][0]["text"] = text.into();
    let answers = sent(
        &client(),
        &server.address,
        &[envelope(Uuid::now_v7(), &filed)],
    )
    .await;
    let code = code_of(&answers.unwrap()[0]);
    let mut unreadable = filed.clone();
    unreadable["filing"]["kind"] = text.into();
    let envelopes = [envelope(Uuid::now_v7(), &unreadable)];
    sent(&client(), &server.address, &envelopes).await.unwrap();

    let post = async |path: &str, fields: &[(&str, &str)]| {
        let request = client().post(format!("{}/{COUNTY}{path}", server.address));
        let request = request.header("x-forwarded-for", address).form(fields);
        request.send().await.unwrap()
    };
    post("/follow", &[("code", &code), ("pin", digits)]).await;
    post("/follow", &[("code", &code), ("pin", "0000")]).await;
    post(
        "/office/sign-in",
        &[("name", name), ("password", password), ("code", "123456")],
    )
    .await;
    post("/register/start", &[]).await;
    let page = client().get(format!(
        "{}/{COUNTY}/nowhere/{code}?q={phone}",
        server.address
    ));
    page.send().await.unwrap();
    server.kill();

    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    let log = without_times(&log);
    for canary in CANARIES.into_iter().chain([code.as_str()]) {
        assert!(!log.contains(canary), "{canary} is in the log:\n{log}");
    }
    let lines = log
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let answered = lines.filter(|line| line["fields"]["message"] == "answered");
    let spans: Vec<Value> = answered.map(|line| line["span"].clone()).collect();
    assert!(spans.len() >= 7, "{log}");
    assert!(
        spans
            .iter()
            .all(|span| span["id"].as_str().is_some_and(|id| id.len() == 16))
    );
    assert!(
        spans.iter().any(|span| span["network"] == "203.0.113.0/24"),
        "{log}"
    );
    assert!(
        spans.iter().any(|span| span["route"] == "/{county}/follow"),
        "{log}"
    );
}
