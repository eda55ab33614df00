//! What is acknowledged is on the disk: after a kill in the middle, and after an orderly stop.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use domain::ids::VisitId;
use serde_json::Value;
use store::testing::fresh_postgres_url;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::{
    county::{client, envelope, place, register, sent, with_a_visit},
    running::{Running, init, run},
};

const REGISTRATIONS: usize = 1000;
const CLIENTS: usize = 64;
/// Stopped once this many were acknowledged: in the middle, whatever the machine's speed.
const MIDDLE: usize = 400;

/// Answers by the id they were sent under.
type Acknowledged = BTreeMap<Uuid, Value>;

/// Sends each id from one of many clients until the server is gone; says when the middle is reached.
async fn send(address: &str, visit: VisitId, ids: &[Uuid], middle: impl FnOnce()) -> Acknowledged {
    let count = Arc::new(AtomicUsize::new(0));
    let mut clients = JoinSet::new();
    for some in ids.chunks(ids.len().div_ceil(CLIENTS)) {
        let (some, address, count) = (some.to_vec(), address.to_owned(), Arc::clone(&count));
        clients.spawn(async move {
            let client = client();
            let mut acknowledged = Acknowledged::new();
            for id in some {
                let envelopes = [envelope(id, &register(visit))];
                let Ok(mut answers) = sent(&client, &address, &envelopes).await else {
                    break;
                };
                assert_eq!(answers[0]["answer"], "received", "{answers}");
                acknowledged.insert(id, answers[0].take());
                count.fetch_add(1, Ordering::Relaxed);
            }
            acknowledged
        });
    }
    while count.load(Ordering::Relaxed) < MIDDLE.min(ids.len()) {
        tokio::task::yield_now().await;
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    middle();
    let all = clients.join_all().await;
    all.into_iter().flatten().collect()
}

fn serials(acknowledged: &Acknowledged) -> Vec<u64> {
    let serial = |answer: &Value| answer["receipt"]["serial"].as_u64().unwrap();
    let mut serials: Vec<u64> = acknowledged.values().map(serial).collect();
    serials.sort_unstable();
    serials
}

async fn set_up(folder: &Path, database_url: Option<&str>) -> (VisitId, Vec<String>) {
    let more: Vec<String> = database_url
        .map(|url| format!("--database-url={url}"))
        .into_iter()
        .collect();
    let flags: Vec<&str> = more.iter().map(String::as_str).collect();
    init(folder, &flags);
    let place = place(&folder.join("data"), database_url.map(str::to_owned));
    (with_a_visit(&place).await, more)
}

async fn nothing_acknowledged_is_lost_by_a_kill(database_url: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let (visit, more) = set_up(folder.path(), database_url.as_deref()).await;
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let ids: Vec<Uuid> = (0..REGISTRATIONS).map(|_| Uuid::now_v7()).collect();

    let mut server = Running::start(folder.path(), &more);
    let address = server.address.clone();
    let before = send(&address, visit, &ids, || server.kill()).await;
    assert!(before.len() < REGISTRATIONS, "killed in the middle");

    let server = Running::start(folder.path(), &more);
    let after = send(&server.address, visit, &ids, || ()).await;
    assert_eq!(after.len(), REGISTRATIONS);
    for (id, answer) in &before {
        assert_eq!(
            after.get(id),
            Some(answer),
            "the same answer as before the kill"
        );
    }
    let whole: Vec<u64> = (1..=REGISTRATIONS as u64).collect();
    assert_eq!(serials(&after), whole, "1..n, no hole, no repeat");
    let verify = [&["verify", "--data=data"], &more[..]].concat();
    assert!(run(folder.path(), &verify).content().contains("whole"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_loses_nothing_acknowledged_on_sqlite() {
    nothing_acknowledged_is_lost_by_a_kill(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_loses_nothing_acknowledged_on_postgresql() {
    nothing_acknowledged_is_lost_by_a_kill(Some(fresh_postgres_url().await)).await;
}

/// An orderly stop answers everything it has taken: nothing is stored that nobody was told of.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_answers_all_that_was_received() {
    let folder = tempfile::tempdir().unwrap();
    let (visit, _) = set_up(folder.path(), None).await;
    let ids: Vec<Uuid> = (0..REGISTRATIONS).map(|_| Uuid::now_v7()).collect();
    let mut server = Running::start(folder.path(), &[]);
    let address = server.address.clone();
    let told = send(&address, visit, &ids, || server.ask_to_stop()).await;
    assert!(told.len() < REGISTRATIONS, "stopped in the middle");
    assert!(server.ended_well());

    let server = Running::start(folder.path(), &[]);
    let one_more = send(&server.address, visit, &[Uuid::now_v7()], || ()).await;
    assert_eq!(serials(&one_more), [told.len() as u64 + 1]);
}
