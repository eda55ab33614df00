//! A full disk: reading goes on, and nobody is told that something was received.

use futures_util::FutureExt;
use store::{Lane, StoreError};
use uuid::Uuid;

use crate::county::{Here, envelope, file, sent};

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_pages_go_on() {
    let here = Here::open().await;
    // SQLite answers a page limit with the same error as a full disk.
    let full: Result<(), StoreError> = here
        .data
        .store
        .execute(Lane(Uuid::nil()), |tx| {
            async move {
                let limit = tx.fetch("PRAGMA max_page_count = 1", Vec::new());
                limit.await.map(drop)
            }
            .boxed()
        })
        .await;
    full.unwrap();
    let id = Uuid::now_v7();
    let mut command = file("13800138000", "8000");
    command["filing"]["statement"][0]["text"] = "路".repeat(1900).into();
    let envelopes = [envelope(id, &command)];
    let answers = sent(&here.client, &here.address, &envelopes).await.unwrap();
    assert_eq!(answers[0]["answer"], "try_later", "{answers}");
    assert!(here.get("/110101").await.status().is_success());
    assert!(here.get("/healthz").await.status().is_success());
    // The limit went with its connection, as a disk has room again: the same command is received.
    let answers = sent(&here.client, &here.address, &envelopes).await.unwrap();
    assert_eq!(answers[0]["answer"], "received", "{answers}");
}
