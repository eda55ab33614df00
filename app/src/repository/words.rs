//! What somebody writes on their own matter and has not sent yet: kept on their own device, so that a page
//! which ends or starts anew loses none of it. A code that was typed on a borrowed phone leaves nothing.

use device::{Device, Shelf, Trouble};
use domain::ids::CommandId;

use super::{outbox::driver, own};

/// Keeps what stands in a field now.
pub async fn keep(case: &str, field: &str, text: &str) {
    let Some(device) = device().await else { return };
    if text.is_empty() {
        for key in [key(case, field), made_of(case, field)] {
            let _ = device.remove(Shelf::Drafts, &key).await;
        }
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

/// Puts what was sent back where it was written, to be put right: below what stands there now.
///
/// # Errors
/// There is no room, or no storage: nothing has changed.
pub async fn put_back(case: &str, field: &str, text: &str, of: CommandId) -> Result<(), Trouble> {
    let device = device().await.ok_or(Trouble::NoStorage)?;
    let known = kept(case, field).await.filter(|known| known != text);
    let text = known.map_or(text.to_owned(), |known| format!("{known}\n{text}"));
    device.put(Shelf::Drafts, &key(case, field), &text).await?;
    let made_of = made_of(case, field);
    device.put(Shelf::Drafts, &made_of, &of.to_string()).await
}

/// The item that what stands there was made of, after that was sent back.
pub async fn replaced(case: &str, field: &str) -> Option<CommandId> {
    let made_of = device()
        .await?
        .get(Shelf::Drafts, &made_of(case, field))
        .await;
    made_of.ok()??.parse().ok()
}

fn made_of(case: &str, field: &str) -> String {
    format!("{}/of", key(case, field))
}

fn key(case: &str, field: &str) -> String {
    format!("words/{case}/{field}")
}

async fn device() -> Option<Device> {
    driver()?.device().await.ok()
}
