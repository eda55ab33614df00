//! What somebody writes on their own matter and has not sent yet: kept on their own device, so that a page
//! which ends or starts anew loses none of it. A code that was typed on a borrowed phone leaves nothing.

use device::{Device, Shelf};

use super::{outbox::driver, own};

/// Keeps what stands in a field now.
pub async fn keep(case: &str, field: &str, text: &str) {
    let Some(device) = device().await else { return };
    if text.is_empty() {
        let _ = device.remove(Shelf::Drafts, &key(case, field)).await;
    } else if own::knows(case).await {
        let _ = device.put(Shelf::Drafts, &key(case, field), text).await;
    }
}

/// What stood there last.
pub async fn kept(case: &str, field: &str) -> Option<String> {
    device()
        .await?
        .get(Shelf::Drafts, &key(case, field))
        .await
        .ok()?
}

fn key(case: &str, field: &str) -> String {
    format!("words/{case}/{field}")
}

async fn device() -> Option<Device> {
    driver()?.device().await.ok()
}
