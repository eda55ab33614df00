//! The same by S3, against a double of it (`pip install 'moto[server]'`):
//! `cargo nextest run --workspace --features server/s3 --test uploads -E 'test(bucket)'`.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use domain::attachment::AttachmentState;
use reqwest::{Client, StatusCode};
use server::attachments::{Attachments, Failed, Limits, Objects, S3, sweep};
use store::Timestamp;

use crate::{
    phone::{Phone, looked_at, photo, served},
    served::Served,
};

/// Ended with the test.
struct Double {
    process: Child,
    endpoint: String,
}

impl Double {
    async fn start(bucket: &str) -> Self {
        // With the feature the tests' client wants one too.
        _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let process = Command::new("moto_server")
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto_server is installed");
        let double = Self {
            process,
            endpoint: format!("http://127.0.0.1:{port}"),
        };
        let made = || {
            Client::new()
                .put(format!("{}/{bucket}", double.endpoint))
                .send()
        };
        for _ in 0..100 {
            match made().await {
                Ok(answer) if answer.status() == StatusCode::OK => return double,
                _ => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
        panic!("the double does not answer");
    }

    fn objects(&self, at: &str) -> Objects {
        let s3 = S3 {
            endpoint: Some(self.endpoint.clone()),
            region: "local".to_owned(),
            key_id: "key".to_owned(),
            secret: "secret".to_owned(),
        };
        Objects::in_bucket(at, &s3).unwrap()
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_keeps_objects_as_a_folder_does() {
    let double = Double::start("county").await;
    let objects = double.objects("county/attachments");
    objects.put("a/b/1", b"one".to_vec()).await.unwrap();
    objects.put("a/b/2", b"two".to_vec()).await.unwrap();
    objects.put("a/c/3", b"three".to_vec()).await.unwrap();
    assert_eq!(objects.get("a/b/1").await.unwrap(), b"one");
    assert_eq!(objects.get("a/b/9").await, Err(Failed::Missing));
    objects.clear("a/b", Some("a/b/2")).await.unwrap();
    assert_eq!(objects.get("a/b/1").await, Err(Failed::Missing));
    assert_eq!(objects.get("a/b/2").await.unwrap(), b"two");
    assert_eq!(objects.get("a/c/3").await.unwrap(), b"three");
    objects.remove("a/b/2").await.unwrap();
    objects.remove("a/b/2").await.unwrap();
    let elsewhere = double.objects("county/other");
    assert_eq!(elsewhere.get("a/c/3").await, Err(Failed::Missing));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_goes_through_a_bucket() {
    let double = Double::start("county").await;
    let Served { data, folder, .. } = served().await;
    let objects = double.objects("county/attachments");
    let attachments = Attachments::new(data.store.clone(), objects, Limits::default());
    let served = Served::with(folder, data.clone(), attachments).await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(400, 300));
    phone.send(id, &bytes).await;
    assert_eq!(looked_at(&served.attachments).await, 1);
    assert!(matches!(
        phone.state(id).await,
        AttachmentState::Received { .. }
    ));
    let own = phone.opened().await;
    assert_eq!(phone.look(id, &own).await.status(), StatusCode::OK);
    let spoiled = served.attachments.spoiled(data.county).await.unwrap();
    assert_eq!(spoiled, (1, Vec::new()));
    phone.announced(phone.photos[1], 5000).await;
    phone.patch(phone.photos[1], 0, &[1; 100]).await;
    let later = Timestamp::from(server::clock::now()).plus(Duration::from_secs(31 * 24 * 3600));
    assert_eq!(
        sweep(&served.attachments, data.county, later)
            .await
            .unwrap(),
        1
    );
    // Without it: nothing is claimed, and what was there is there afterwards.
    drop(double);
    phone.announced(phone.photos[1], 5000).await;
    let answer = phone.patch(phone.photos[1], 0, &[1; 100]).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(phone.offset(phone.photos[1]).await, 0);
}
