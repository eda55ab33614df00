//! Connections that break, servers that restart, and two at once.

use std::time::{Duration, Instant};

use domain::attachment::AttachmentState;
use reqwest::StatusCode;
use server::attachments::{Attachments, Limits, Objects};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use uuid::Uuid;

use crate::{
    phone::{Phone, looked_at, photo, served},
    served::Served,
};

const CHUNK: usize = 64 * 1024;

/// Promises `bytes` and sends only some of them.
async fn begin(phone: &Phone, id: Uuid, offset: usize, bytes: &[u8], sent: usize) -> TcpStream {
    let host = phone.address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "PATCH {} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\n\
         tus-resumable: 1.0.0\r\nupload-offset: {offset}\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: {}\r\n\r\n",
        Phone::path(id),
        phone.token,
        bytes.len(),
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&bytes[..sent]).await.unwrap();
    stream.flush().await.unwrap();
    stream
}

/// Waits until the server has so many bytes.
async fn until(phone: &Phone, id: Uuid, bytes: usize) {
    let begun = Instant::now();
    loop {
        let offset = phone.offset(id).await;
        if offset == bytes {
            return;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{offset} of {bytes}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Whatever arrived before a cut stays: nothing of it is sent again.
#[tokio::test(flavor = "multi_thread")]
async fn a_cut_loses_nothing_that_arrived() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(900, 700));
    assert!(bytes.len() > 300_000, "{}", bytes.len());
    phone.announced(id, bytes.len()).await;
    let piece = 256 * 1024;
    let mut offset = 0;
    for cut in [
        1,
        2,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        2 * CHUNK - 1,
        2 * CHUNK,
        2 * CHUNK + 1,
        piece + 2 * CHUNK,
        bytes.len() - 1,
    ] {
        let rest = &bytes[offset..];
        let stream = begin(&phone, id, offset, rest, cut - offset).await;
        drop(stream);
        until(&phone, id, cut).await;
        offset = cut;
    }
    let last = phone.patch(id, offset, &bytes[offset..]).await;
    assert_eq!(last.status(), StatusCode::NO_CONTENT);
    assert_eq!(looked_at(&served.attachments).await, 1);
    assert!(matches!(
        phone.state(id).await,
        AttachmentState::Received { .. }
    ));
}

/// The other end says nothing more and does not hang up either: a dead cell.
#[tokio::test(flavor = "multi_thread")]
async fn what_arrived_before_a_silence_counts_while_it_lasts() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(400, 300));
    phone.announced(id, bytes.len()).await;
    let silent = begin(&phone, id, 0, &bytes, 50_000).await;
    until(&phone, id, 50_000).await;
    // It comes back by another way; the first connection is still there.
    let rest = phone.patch(id, 50_000, &bytes[50_000..]).await;
    assert_eq!(rest.status(), StatusCode::NO_CONTENT);
    // That one was ended, and keeps nothing from anybody.
    let mut silent = silent;
    assert_eq!(status(&mut silent).await, "409");
    assert_eq!(looked_at(&served.attachments).await, 1);
    assert!(matches!(
        phone.state(id).await,
        AttachmentState::Received { .. }
    ));
}

async fn status(stream: &mut TcpStream) -> String {
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[9..]).into_owned()
}

/// Many connections of one upload hold no more than one of them.
#[tokio::test(flavor = "multi_thread")]
async fn the_latest_of_many_connections_is_the_one_that_goes_on() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(400, 300));
    phone.announced(id, bytes.len()).await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(begin(&phone, id, 0, &bytes, 0).await);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let begun = Instant::now();
    let whole = phone.patch(id, 0, &bytes).await;
    assert_eq!(whole.status(), StatusCode::NO_CONTENT);
    assert!(begun.elapsed() < Duration::from_secs(5));
    for mut stream in silent {
        assert_eq!(status(&mut stream).await, "409");
    }
}

/// A byte now and then keeps a place for nobody; what came of it counts.
#[tokio::test(flavor = "multi_thread")]
async fn a_trickle_is_ended_and_loses_nothing() {
    let Served { data, folder, .. } = served().await;
    let objects = Objects::in_folder(&folder.path().join("attachments")).unwrap();
    let mut attachments = Attachments::new(data.store.clone(), objects, Limits::default());
    attachments.times.slack = Duration::from_secs(1);
    let served = Served::with(folder, data, attachments).await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(400, 300));
    phone.announced(id, bytes.len()).await;
    let mut trickle = begin(&phone, id, 0, &bytes, 0).await;
    let (begun, mut sent) = (Instant::now(), 0);
    let mut answer = [0; 12];
    while trickle.try_read(&mut answer).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it never ends");
        trickle.write_all(&bytes[sent..=sent]).await.unwrap();
        sent += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(&answer, b"HTTP/1.1 409");
    let arrived = phone.offset(id).await;
    assert!((10..=sent).contains(&arrived), "{arrived} of {sent}");
    let rest = phone.patch(id, arrived, &bytes[arrived..]).await;
    assert_eq!(rest.status(), StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_wins_and_the_photo_is_whole() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(400, 300));
    phone.announced(id, bytes.len()).await;
    let mut offset = 0;
    while offset < bytes.len() {
        let end = bytes.len().min(offset + 20_000);
        let send = || phone.patch(id, offset, &bytes[offset..end]);
        let both = tokio::join!(send(), send());
        let statuses = [both.0.status(), both.1.status()];
        let won = statuses
            .iter()
            .filter(|status| **status == StatusCode::NO_CONTENT);
        assert_eq!(won.count(), 1, "{statuses:?}");
        assert!(statuses.contains(&StatusCode::CONFLICT), "{statuses:?}");
        assert_eq!(phone.offset(id).await, end);
        offset = end;
    }
    assert_eq!(looked_at(&served.attachments).await, 1);
    assert!(matches!(
        phone.state(id).await,
        AttachmentState::Received { .. }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_on_after_a_restart() {
    let before = served().await;
    let mut phone = Phone::of(&before).await;
    let (id, bytes) = (phone.photos[0], photo(400, 300));
    phone.announced(id, bytes.len()).await;
    phone.patch(id, 0, &bytes[..30_000]).await;
    let Served { data, folder, .. } = before;
    data.store.close().await;
    let store = crate::phone::reopened(&folder).await;
    let after = Served::over(folder, store).await;
    phone.address = after.address.clone();
    assert_eq!(phone.offset(id).await, 30_000);
    phone.patch(id, 30_000, &bytes[30_000..]).await;
    // Whole, and not looked at when the server ends again.
    let Served { data, folder, .. } = after;
    data.store.close().await;
    let store = crate::phone::reopened(&folder).await;
    let last = Served::over(folder, store).await;
    phone.address = last.address.clone();
    assert_eq!(phone.state(id).await, AttachmentState::Checking);
    assert_eq!(looked_at(&last.attachments).await, 1);
    assert!(matches!(
        phone.state(id).await,
        AttachmentState::Received { .. }
    ));
}

/// The database was put back, and the folder is older or newer than it: the phone sends it again.
#[tokio::test(flavor = "multi_thread")]
async fn pieces_that_are_gone_are_asked_for_again() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(64, 48));
    phone.send(id, &bytes).await;
    std::fs::remove_dir_all(
        served
            .folder
            .path()
            .join("attachments")
            .join(crate::phone::COUNTY),
    )
    .unwrap();
    looked_at(&served.attachments).await;
    assert_eq!(phone.state(id).await, AttachmentState::Expected);
    phone.send(id, &bytes).await;
    assert_eq!(looked_at(&served.attachments).await, 1);
    assert!(matches!(
        phone.state(id).await,
        AttachmentState::Received { .. }
    ));
}
