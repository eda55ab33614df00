//! What a county takes, and what goes by itself.

use std::time::Duration;

use domain::attachment::AttachmentState;
use futures_util::FutureExt as _;
use reqwest::StatusCode;
use server::{
    attachments::{Attachments, Limits, Objects, sweep},
    clock,
};
use store::{Lane, StoreError, Timestamp};

use crate::{
    phone::{Phone, looked_at, photo, served},
    served::Served,
};

const DAY: Duration = Duration::from_secs(24 * 3600);

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_day_s_worth_waits_on_the_phone() {
    let Served { data, folder, .. } = served().await;
    let limits = Limits {
        day_bytes: 5000,
        ..Limits::default()
    };
    let objects = Objects::in_folder(&folder.path().join("attachments")).unwrap();
    let attachments = Attachments::new(data.store.clone(), objects, limits);
    let served = Served::with(folder, data, attachments).await;
    let phone = Phone::of(&served).await;
    let first = phone.announced(phone.photos[0], 3000).await;
    assert_eq!(first.status(), StatusCode::CREATED);
    phone.patch(phone.photos[0], 0, &[1; 2900]).await;
    let second = phone.announced(phone.photos[1], 3000).await;
    assert_eq!(second.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(second.headers().contains_key("retry-after"));
    assert_eq!(
        phone.state(phone.photos[1]).await,
        AttachmentState::Expected
    );
    let goes_on = phone.patch(phone.photos[0], 2900, &[1; 100]).await;
    assert_eq!(goes_on.status(), StatusCode::NO_CONTENT);
    // Announced while there was room.
    phone.announced(phone.photos[1], 2000).await;
    phone.announced(phone.voice, 2000).await;
    let fits = phone.patch(phone.photos[1], 0, &[1; 1500]).await;
    assert_eq!(fits.status(), StatusCode::NO_CONTENT);
    let full = phone.patch(phone.voice, 0, &[1; 600]).await;
    assert_eq!(full.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(full.headers().contains_key("retry-after"));
    assert_eq!(phone.offset(phone.voice).await, 0);
}

fn files(served: &Served) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return 0;
        };
        entries
            .map(|entry| entry.unwrap().path())
            .map(|path| if path.is_dir() { count(&path) } else { 1 })
            .sum()
    }
    count(&served.folder.path().join("attachments"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_comes_back_for_goes_after_thirty_days() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    phone.announced(phone.photos[0], 3000).await;
    phone.patch(phone.photos[0], 0, &[1; 100]).await;
    phone.send(phone.photos[1], &photo(64, 48)).await;
    looked_at(&served.attachments).await;
    assert_eq!(files(&served), 2);
    let (attachments, county) = (&served.attachments, served.data.county);
    let now = Timestamp::from(clock::now());
    let swept = async |days: u32| {
        sweep(attachments, county, now.plus(DAY * days))
            .await
            .unwrap()
    };
    assert_eq!(swept(29).await, 0, "the phone may still come back");
    assert_eq!(phone.offset(phone.photos[0]).await, 100);
    assert_eq!(swept(31).await, 1);
    assert_eq!(
        phone.state(phone.photos[0]).await,
        AttachmentState::Expected
    );
    assert_eq!(files(&served), 1, "what was received stays");
    let again = phone.announced(phone.photos[0], 3000).await;
    assert_eq!(again.status(), StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_matter_takes_its_photos_along() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let own = phone.opened().await;
    phone.announced(phone.photos[0], 3000).await;
    phone.patch(phone.photos[0], 0, &[1; 100]).await;
    phone.send(phone.photos[1], &photo(64, 48)).await;
    looked_at(&served.attachments).await;
    assert_eq!(
        phone.look(phone.photos[1], &own).await.status(),
        StatusCode::OK
    );
    let (county, case) = (served.data.county, phone.case.parse().unwrap());
    let erased: Result<bool, StoreError> = served
        .data
        .store
        .execute(Lane(case), move |tx| {
            async move {
                let aggregate = store::Aggregate::new(county, store::kind::CASE, case);
                tx.erase(&aggregate, clock::now().into()).await
            }
            .boxed()
        })
        .await;
    assert!(erased.unwrap());
    assert_ne!(
        phone.look(phone.photos[1], &own).await.status(),
        StatusCode::OK
    );
    let refused = phone.patch(phone.photos[0], 100, &[1; 100]).await;
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    let now = Timestamp::from(clock::now());
    assert_eq!(sweep(&served.attachments, county, now).await.unwrap(), 2);
    assert_eq!(files(&served), 0);
}
