//! What somebody writes on their own matter and has not sent yet: kept on their own device, so that a page
//! which ends or starts anew loses none of it. A code that was typed on a borrowed phone leaves nothing.

use device::{Device, Shelf, Trouble};
use domain::ids::CommandId;
use sync::Earlier;

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
    let earlier = earlier(&device, of).await;
    let earlier =
        serde_json::to_string(&earlier).map_err(|error| Trouble::Failed(error.to_string()))?;
    let made_of = made_of(case, field);
    device.put(Shelf::Drafts, &made_of, &earlier).await
}

/// What stands there was made of, after that was sent back; nothing where it was written anew.
pub async fn replaced(case: &str, field: &str) -> Vec<Earlier> {
    let Some(device) = device().await else {
        return Vec::new();
    };
    let made_of = device.get(Shelf::Drafts, &made_of(case, field)).await;
    let made_of = made_of.ok().flatten();
    let earlier = made_of.and_then(|json| serde_json::from_str(&json).ok());
    earlier.unwrap_or_default()
}

/// What is sent in the place of an item carries with it: the item, and what that had replaced.
pub(super) async fn earlier(device: &Device, id: CommandId) -> Vec<Earlier> {
    let content = device.content(id).await.ok().flatten();
    content.map_or_else(Vec::new, |content| Earlier::of(&content))
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
