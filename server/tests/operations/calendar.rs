//! A new holiday notice reaches a running server without a release.

use std::{fs, time::Duration};

use chrono::NaiveDate;
use serde_json::Value;
use server::clock;
use uuid::Uuid;

use crate::{
    county::{client, code_of, envelope, file, sent},
    running::{COUNTY, Running, init, run},
};

/// When something in the matter is due, as its own page counts it.
async fn due(server: &Running, cookie: &str, case: &str) -> NaiveDate {
    let address = format!("{}/api/v1/{COUNTY}/mine/cases/{case}", server.address);
    let request = client().get(address).header("cookie", cookie);
    let view: Value = request.send().await.unwrap().json().await.unwrap();
    let due = view["clocks"][0]["counted"]["due"].as_str();
    due.unwrap_or_else(|| panic!("{view}")).parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_notice_moves_due_dates_while_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let server = Running::start(folder.path(), &[]);
    let envelopes = [envelope(Uuid::now_v7(), &file("13800138000", "8000"))];
    let answers = sent(&client(), &server.address, &envelopes).await.unwrap();
    let case = answers[0]["receipt"]["case"].as_str().unwrap();
    let follow = client().post(format!("{}/{COUNTY}/follow", server.address));
    let code = code_of(&answers[0]);
    let opened = follow
        .form(&[("code", code.as_str()), ("pin", "8000")])
        .send();
    let opened = opened.await.unwrap();
    let cookie = opened.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let before = due(&server, &cookie, case).await;

    let days = (0..60).map(|n| {
        let day = clock::now().date_naive() + chrono::Duration::days(n);
        format!("{day},holiday,放假\n")
    });
    let text = "date,kind,occasion\n".to_owned() + &days.collect::<String>();
    fs::write(folder.path().join("notice.csv"), text).unwrap();
    let import = ["calendar", "--data=data", "import", "notice.csv"];
    let said = run(folder.path(), &import).content();
    assert!(said.contains("import-1"), "{said}");

    let moved = async {
        while due(&server, &cookie, case).await <= before {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    let moved = tokio::time::timeout(Duration::from_secs(20), moved);
    moved.await.expect("the running server counts by it");
}

#[test]
fn a_file_that_does_not_fit_is_refused_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let file = folder.path().join("notice.csv");
    fs::write(file, "date,kind,occasion\n2027-13-01,holiday,元旦\n").unwrap();
    let import = ["calendar", "--data=data", "import", "notice.csv"];
    let refused = run(folder.path(), &import).refusal();
    assert!(refused.contains("line 2"), "{refused}");
    let show = run(folder.path(), &["calendar", "--data=data", "show"]).content();
    assert!(show.contains("cn-"), "nothing was imported: {show}");
}
