//! Places that are kept for those without a good signal, from the first request to the evening before.

use chrono::{Duration, NaiveTime, TimeZone as _, Utc};
use domain::ids::VisitId;
use serde_json::{Value, json};
use server::{clock, reserve};
use sync::view::NoticePage;
use uuid::Uuid;

use crate::{
    county::{Here, envelope, publish_as, register, sent},
    running::COUNTY,
};

/// What becomes of a request that was made so long ago.
async fn placed(here: &Here, visit: VisitId, age: Duration) -> Value {
    let mut request = envelope(Uuid::now_v7(), &register(visit));
    request["captured_at"] = json!(clock::now() - age);
    let answers = sent(&here.client, &here.address, &[request]).await.unwrap();
    answers[0]["receipt"]["placement"].clone()
}

/// Free, waiting and kept, as everybody reads them.
async fn places(here: &Here, visit: VisitId) -> (u32, u32, u32) {
    let path = format!("/api/v1/{COUNTY}/notices/{}", visit.0);
    let page: NoticePage = here.get(&path).await.json().await.unwrap();
    (page.places.free, page.places.waiting, page.places.kept)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_is_kept_for_late_requests_until_the_evening_before() {
    let here = Here::open().await;
    // Twenty places, ten of them kept.
    let visit = publish_as(&here.data.store, |notice| notice.reserve_percent = 50).await;
    for _ in 0..10 {
        assert!(placed(&here, visit, Duration::zero()).await["confirmed"].is_object());
    }
    for position in 1..=2 {
        let waits = placed(&here, visit, Duration::zero()).await;
        assert_eq!(waits, json!({ "waitlisted": { "position": position } }));
    }
    assert!(placed(&here, visit, Duration::hours(2)).await["confirmed"].is_object());
    assert_eq!(places(&here, visit).await, (0, 2, 9));

    let day = (clock::now() + Duration::days(9)).date_naive();
    let evening = Utc.from_utc_datetime(&day.pred_opt().unwrap().and_time(NaiveTime::MIN))
        + Duration::hours(10);
    reserve::open_due(&here.data, evening - Duration::seconds(1))
        .await
        .unwrap();
    assert_eq!(places(&here, visit).await, (0, 2, 9));
    reserve::open_due(&here.data, evening).await.unwrap();
    assert_eq!(places(&here, visit).await, (7, 0, 0));
    // Once.
    reserve::open_due(&here.data, evening).await.unwrap();
    assert_eq!(places(&here, visit).await, (7, 0, 0));
    here.data.store.rebuild_projections().await.unwrap();
    assert_eq!(places(&here, visit).await, (7, 0, 0));
}
