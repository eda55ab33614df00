//! What those who watch the server see.

use server::http::{Edge, listen::Rules};

use crate::county::Here;

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_this_machine_and_hold_nobody() {
    let here = Here::open().await;
    here.filed(2, "13800138000", "8000").await;
    assert!(here.get("/110101").await.status().is_success());
    let metrics = here.get("/metrics").await;
    assert!(metrics.status().is_success());
    let text = metrics.text().await.unwrap();
    for line in [
        "huiyin_requests_total{class=\"page\",status=\"2xx\"} 1\n",
        "huiyin_requests_total{class=\"api\",status=\"2xx\"} 1\n",
        "huiyin_request_duration_seconds_count{class=\"page\"} 1\n",
        "huiyin_jobs_waiting 0\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    assert!(text.contains("# TYPE huiyin_commits_total counter\n"));
    assert!(!text.contains("13800138000") && !text.contains("示例某"));

    // Somebody a proxy on this machine lets through is not this machine.
    let request = here.client.get(format!("{}/metrics", here.address));
    let request = request.header("x-forwarded-for", "203.0.113.9");
    assert_eq!(request.send().await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_network_may_read_the_figures_through_a_trusted_proxy() {
    let networks = |text: &str| serde_json::from_value(text.into()).unwrap();
    let edge = Edge {
        trusted: networks("127.0.0.1"),
        metrics_from: networks("203.0.113.0/24"),
        ..Edge::default()
    };
    let here = Here::open_by(Rules::default(), edge).await;
    let from = async |address| {
        let request = here.client.get(format!("{}/metrics", here.address));
        let request = request.header("x-forwarded-for", address);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(from("203.0.113.9").await, 200);
    assert_eq!(from("198.51.100.1").await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_database_has_moved_on_is_not_ready() {
    let here = Here::open().await;
    assert_eq!(here.get("/readyz").await.status(), 200);
    store::testing::pretend_newer_schema(&here.data.store)
        .await
        .unwrap();
    assert_eq!(here.get("/readyz").await.status(), 503);
    assert_eq!(here.get("/healthz").await.status(), 200);
}
