//! What becomes of what arrived.

use std::{process::Command, time::Duration};

use domain::attachment::{AttachmentState, Unfit};
use reqwest::StatusCode;
use server::{attachments::Attachments, clock, jobs};

use crate::phone::{Phone, looked_at, photo, photo_with, served};

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_kept_without_what_its_file_said() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let id = phone.photos[0];
    let sent = photo_with(b"CANARY GPS 29.45N 119.88E", 1600, 1200);
    phone.send(id, &sent).await;
    assert_eq!(looked_at(&served.attachments).await, 1);
    let own = phone.opened().await;
    let answer = phone.look(id, &own).await;
    assert_eq!(answer.status(), StatusCode::OK);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("cache-control", "private, no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.headers()[name], value, "{name}");
    }
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"));
    let kept = answer.bytes().await.unwrap();
    assert!(!kept.windows(6).any(|part| part == b"CANARY"));
    let image = image::load_from_memory(&kept).unwrap();
    assert_eq!((image.width(), image.height()), (1280, 960));
    let bytes = kept.len() as u64;
    assert_eq!(phone.state(id).await, AttachmentState::Received { bytes });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_became_of_a_photo_is_told_to_who_asks_what_changed_of_the_matter() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let whole = phone.own(None).await.unwrap();
    assert!(phone.own(Some(&whole.cursor)).await.is_none());
    let mut since = whole.cursor;
    for (id, bytes) in [
        (phone.photos[0], photo(64, 48)),
        (phone.photos[1], b"no photo".to_vec()),
    ] {
        phone.send(id, &bytes).await;
        assert!(phone.own(Some(&since)).await.is_none());
        assert_eq!(looked_at(&served.attachments).await, 1);
        let told = phone.own(Some(&since)).await.unwrap();
        let shown = &told.own[0].cases[0].attachments;
        let shown = shown.iter().find(|it| it.attachment.0 == id).unwrap();
        assert_eq!(shown.state, phone.state(id).await);
        since = told.cursor;
        assert!(phone.own(Some(&since)).await.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_says_why_and_makes_room() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, good) = (phone.photos[0], photo(64, 48));
    let page = b"<html><script>alert(1)</script>".to_vec();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let cut = good[..good.len() / 2].to_vec();
    for (sent, reason) in [
        (page, Unfit::NotAnImage),
        (heic, Unfit::Heic),
        (cut, Unfit::Damaged),
    ] {
        phone.send(id, &sent).await;
        assert_eq!(looked_at(&served.attachments).await, 1);
        assert_eq!(phone.state(id).await, AttachmentState::Refused { reason });
        assert_eq!(phone.head(id).await.status(), StatusCode::GONE);
        let own = phone.opened().await;
        assert_eq!(phone.look(id, &own).await.status(), StatusCode::NOT_FOUND);
    }
    phone.send(id, &good).await;
    assert_eq!(looked_at(&served.attachments).await, 1);
    assert!(matches!(
        phone.state(id).await,
        AttachmentState::Received { .. }
    ));
    // A photo is no recording.
    phone.send(phone.voice, &good).await;
    looked_at(&served.attachments).await;
    let reason = Unfit::NotARecording;
    assert_eq!(
        phone.state(phone.voice).await,
        AttachmentState::Refused { reason }
    );
}

/// A server that is merely slow takes no good photo for a damaged one.
#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_takes_long_is_looked_at_again() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, other) = (phone.photos[0], phone.photos[1]);
    let mut slow = served.attachments.clone();
    slow.times.look = Duration::ZERO;
    let mut later = clock::now();
    let mut look = async |by: &Attachments| {
        later += Duration::from_secs(3600);
        let done = jobs::perform_due(&by.store, Some(by), later);
        done.await.unwrap()
    };
    phone.send(id, &photo(1600, 1200)).await;
    assert_eq!(look(&slow).await, 0);
    assert_eq!(phone.state(id).await, AttachmentState::Checking);
    assert_eq!(look(&served.attachments).await, 1);
    let state = phone.state(id).await;
    assert!(matches!(state, AttachmentState::Received { .. }));
    // One that never ends is refused in the end.
    phone.send(other, &photo(1600, 1200)).await;
    for _ in 0..5 {
        assert_eq!(look(&slow).await, 0);
        assert_eq!(phone.state(other).await, AttachmentState::Checking);
    }
    assert_eq!(look(&slow).await, 1);
    let reason = Unfit::Damaged;
    assert_eq!(
        phone.state(other).await,
        AttachmentState::Refused { reason }
    );
}

/// Nothing that was sent lies anywhere as it was: not on its way, not kept, not in the database.
#[tokio::test(flavor = "multi_thread")]
async fn a_raw_look_at_the_disk_finds_nothing() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let canary = b"CANARY-IN-A-PHOTO";
    let sent = photo_with(canary, 300, 200);
    let kept_part = sent[sent.len() / 2..][..24].to_vec();
    phone.send(phone.photos[0], &sent).await;
    phone.announced(phone.photos[1], sent.len()).await;
    phone.patch(phone.photos[1], 0, &sent[..20_000]).await;
    let folder = served.folder.path();
    for word in [&canary[..], &kept_part, b"\xFF\xD8\xFF\xE0", b"JFIF"] {
        assert_eq!(found_in(folder, word), Vec::<String>::new());
    }
    assert_eq!(looked_at(&served.attachments).await, 1);
    for word in [&canary[..], &kept_part, b"\xFF\xD8\xFF\xE0", b"JFIF"] {
        assert_eq!(found_in(folder, word), Vec::<String>::new());
    }
    // Pieces went with what they became.
    let objects = served.folder.path().join("attachments");
    let kept = objects.join(crate::phone::COUNTY).join(&phone.case);
    let files = std::fs::read_dir(kept.join(phone.photos[0].to_string())).unwrap();
    assert_eq!(files.count(), 1);
}

fn found_in(folder: &std::path::Path, word: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(found_in(&path, word));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        if bytes.windows(word.len()).any(|part| part == word) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// A file that was changed, exchanged or lost is noticed and never shown.
#[tokio::test(flavor = "multi_thread")]
async fn a_spoiled_file_is_noticed() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let own = phone.opened().await;
    for id in &phone.photos {
        phone.send(*id, &photo(64, 48)).await;
    }
    assert_eq!(looked_at(&served.attachments).await, 2);
    let county = served.data.county;
    let spoiled = async || served.attachments.spoiled(county).await.unwrap();
    assert_eq!(spoiled().await, (2, Vec::new()));
    let objects = served.folder.path().join("attachments");
    let folder = objects.join(crate::phone::COUNTY).join(&phone.case);
    let file = |n: usize| {
        let of = folder.join(phone.photos[n].to_string());
        std::fs::read_dir(of)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path()
    };
    let (first, second) = (file(0), file(1));
    let whole = std::fs::read(&first).unwrap();
    for place in [0, 20, 100, whole.len() - 1] {
        let mut flipped = whole.clone();
        flipped[place] ^= 1;
        std::fs::write(&first, flipped).unwrap();
        assert_eq!(spoiled().await.1.len(), 1, "byte {place}");
        let answer = phone.look(phone.photos[0], &own).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
    std::fs::write(&first, std::fs::read(&second).unwrap()).unwrap();
    assert_eq!(spoiled().await.1.len(), 1, "another one's");
    let answer = phone.look(phone.photos[0], &own).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    std::fs::remove_file(&first).unwrap();
    assert_eq!(spoiled().await.1.len(), 1, "gone");
    let other = phone.look(phone.photos[1], &own).await;
    assert_eq!(other.status(), StatusCode::OK);
    let verified = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
        command
            .arg("verify")
            .arg("--data")
            .arg(served.folder.path());
        command.current_dir(served.folder.path()).output().unwrap()
    };
    let said = verified();
    let text = String::from_utf8(said.stdout).unwrap();
    assert!(!said.status.success());
    assert!(text.contains(&phone.photos[0].to_string()), "{text}");
    assert!(!text.contains(&phone.photos[1].to_string()), "{text}");
    std::fs::write(&first, whole).unwrap();
    let said = verified();
    let text = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.success(), "{text}");
    assert!(text.contains("2 photos and recordings"), "{text}");
}
