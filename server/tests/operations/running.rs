//! The real binary: commands that end, and a server that runs until it is stopped.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
};

pub const COUNTY: &str = "110101";

/// The binary, in `folder`, with none of this process's own settings.
pub fn huiyin(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
    command.args(args).current_dir(folder);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HUIYIN_")) {
        command.env_remove(name);
    }
    command
}

/// What a command said, and whether it was content.
pub struct Said {
    pub done: bool,
    pub out: String,
    pub err: String,
}

/// Runs a command to its end with something typed into it.
pub fn typed(folder: &Path, args: &[&str], typed: &str) -> Said {
    let mut command = huiyin(folder, args);
    let pipes = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // A command that refuses before reading has closed its end.
    _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    said(&child.wait_with_output().unwrap())
}

pub fn run(folder: &Path, args: &[&str]) -> Said {
    typed(folder, args, "")
}

fn said(output: &Output) -> Said {
    Said {
        done: output.status.success(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Said {
    /// What it printed; it must have succeeded.
    pub fn content(self) -> String {
        assert!(self.done, "{}{}", self.out, self.err);
        self.out
    }

    /// The refusal; it must not have succeeded.
    pub fn refusal(self) -> String {
        assert!(!self.done, "{}", self.out);
        self.err
    }
}

/// Sets up a real county in `folder/data`.
pub fn init(folder: &Path, more: &[&str]) -> String {
    let args = [
        &[
            "init",
            "--data=data",
            "--county",
            COUNTY,
            "--name=示例县",
            "--office=示例县信访局",
            "--phone=010-12345678",
            "--administrator=管理员甲",
        ],
        more,
    ]
    .concat();
    run(folder, &args).content()
}

/// A server that is killed when the test ends, however it ends.
pub struct Running {
    child: Child,
    pub address: String,
}

impl Running {
    /// Starts `huiyin serve` on a free port; its log goes to `folder/log`.
    pub fn start(folder: &Path, more: &[&str]) -> Self {
        let args = [&["serve", "--data=data", "--addr=127.0.0.1:0"], more].concat();
        Self::started(huiyin(folder, &args), folder)
    }

    pub fn started(mut command: Command, folder: &Path) -> Self {
        let mut log = fs::OpenOptions::new();
        let log = log.create(true).append(true).open(folder.join("log"));
        let log = log.unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut address = String::new();
        while !address.starts_with("http") {
            address.clear();
            if out.read_line(&mut address).unwrap() == 0 {
                panic!("{}", fs::read_to_string(folder.join("log")).unwrap());
            }
        }
        let base = address.trim().rsplit_once('/').unwrap().0.to_owned();
        // What else it prints must not fill the pipe.
        thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Self {
            child,
            address: base,
        }
    }

    /// As a power cut does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As a service manager does. Returns at once.
    pub fn ask_to_stop(&self) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args(["-TERM", &id]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for it to end by itself.
    pub fn ended_well(&mut self) -> bool {
        self.child.wait().unwrap().success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
