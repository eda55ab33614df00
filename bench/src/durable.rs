//! Registrations sent by many clients at once, each waiting for its answer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use uuid::Uuid;

use crate::{
    client::{Client, post},
    huiyin::Huiyin,
};

pub const CLIENTS: u64 = 256;

/// What the clients were answered.
pub struct Registered {
    pub acknowledged: u64,
    pub seconds: f64,
}

/// Lets every client register again and again for a while. Each answer is checked: what is not
/// acknowledged does not count, and anything else is an error.
pub async fn register(huiyin: &Huiyin, visit: &str, time: Duration) -> Result<Registered> {
    let number = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (to, visit) = (
                (huiyin.address.clone(), huiyin.county.clone()),
                visit.to_owned(),
            );
            let number = Arc::clone(&number);
            tokio::spawn(async move {
                let mut client = Client::connect(&to.0).await?;
                while began.elapsed() < time {
                    let next = number.fetch_add(1, Ordering::Relaxed);
                    one(&mut client, &to, &visit, next).await?;
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for client in clients {
        client.await??;
    }
    Ok(Registered {
        acknowledged: number.load(Ordering::Relaxed),
        seconds: began.elapsed().as_secs_f64(),
    })
}

async fn one(
    client: &mut Client,
    (address, county): &(String, String),
    visit: &str,
    number: u64,
) -> Result<()> {
    let body = envelope(county, visit, number).to_string();
    let path = format!("/api/v1/{county}/commands");
    let answer = client.ask(&post(&path, address, &body)).await?;
    let text = String::from_utf8_lossy(&answer.body);
    ensure!(
        answer.status == 200 && text.contains(r#""answer":"received""#),
        "a registration was answered {} {text}",
        answer.status
    );
    Ok(())
}

fn envelope(county: &str, visit: &str, number: u64) -> serde_json::Value {
    json!([{
        "id": Uuid::now_v7(), "county": county, "area": "citizen", "device": null,
        "build": "bench", "captured_at": "2026-01-01T00:00:00Z", "expected_version": null,
        "command": { "command": "register", "visit": visit, "filing": {
            "party": {
                "petitioner": {
                    "name": format!("示例{number}"), "id_number": null, "village": null,
                    "birth_year": null, "address": null,
                },
                "representatives": [], "size": 1, "filer": "petitioner",
            },
            "kind": "request", "subject": "roads", "place": null,
            "statement": [{ "text": "村口到县道的路坑洼多年，下雨天学生走不了，请修一修。" }],
            "contact": {
                "way": "call", "phone": format!("139{:08}", number % 100_000_000), "hours": null,
            },
            "restricted_from": [], "danger": "none", "second_factor": "8000",
        } },
    }])
}

/// The visit that is open for registration.
pub async fn open_visit(huiyin: &Huiyin) -> Result<String> {
    let notices = huiyin.json("notices").await?;
    let open = notices["upcoming"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["phase"] == "registration_open"));
    let visit = open.and_then(|row| row["visit"].as_str());
    Ok(visit.context("no visit is open")?.to_owned())
}
