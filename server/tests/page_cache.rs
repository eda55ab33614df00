//! Pages that are the same for everybody are kept; what a page says is never behind what happened
//! here, and nobody's own page is kept.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

mod served;

use app::Site;
use domain::{
    actor::{Actor, Official, Role, SealedReader},
    ids::{CommandId, OfficialId, SignInId, UnitId},
    office::{OfficeCommand, VisitCommand},
    text::{Line, PersonName},
};
use reqwest::{Client, Response, StatusCode};
use served::Served;
use server::{
    clock,
    data::Data,
    demo,
    execute::{AnyCommand, Asked, execute},
};
use sync::{Answer, view};
use tempfile::TempDir;
use uuid::Uuid;

struct County {
    address: String,
    data: Data,
    _folder: TempDir,
    client: Client,
}

impl County {
    /// With everything in it, which takes a while.
    async fn demonstration() -> Self {
        Self::of(Served::demonstration().await)
    }

    /// With its name only.
    async fn empty() -> Self {
        let (folder, store) = Served::store().await;
        Data::name_county(&store, demo::county(), &Site::default())
            .await
            .unwrap();
        Self::of(Served::over(folder, store).await)
    }

    fn of(served: Served) -> Self {
        Self {
            address: served.address,
            data: served.data,
            _folder: served.folder,
            client: served.client,
        }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = self.client.get(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    }

    async fn text(&self, path: &str) -> String {
        self.get(path, &[]).await.text().await.unwrap()
    }

    async fn notices(&self) -> view::Notices {
        let path = "/api/v1/330726/notices";
        self.get(path, &[]).await.json().await.unwrap()
    }

    /// An official calls a visit off.
    async fn cancel(&self, visit: domain::ids::VisitId, reason: &str) -> Answer {
        let now = clock::now();
        let asked = Asked::at(
            publisher(),
            CommandId(Uuid::now_v7()),
            AnyCommand::Office(OfficeCommand::Visit(VisitCommand::Cancel {
                visit,
                reason: Line::parse(reason).unwrap(),
                offered: None,
            })),
            now,
        );
        execute(&self.data.store, self.data.county, &asked).await
    }
}

fn publisher() -> Actor {
    Actor::Official(Official {
        id: OfficialId(Uuid::from_u128(1)),
        name: PersonName::parse("示例").unwrap(),
        unit: UnitId(Uuid::from_u128(1)),
        roles: vec![Role::Publisher],
        sealed_reader: SealedReader::No,
        sign_in: SignInId(Uuid::from_u128(1)),
    })
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_shows_at_once_on_every_page_that_was_kept() {
    let county = County::demonstration().await;
    let visit = county.notices().await.upcoming[0].visit;
    let pages = [
        "/330726".to_owned(),
        "/330726/en/notices".to_owned(),
        format!("/330726/notices/{visit}"),
    ];
    let mut before = Vec::new();
    for page in &pages {
        before.push(county.text(page).await);
        assert_eq!(before.last(), Some(&county.text(page).await), "{page}");
    }
    let answer = county.cancel(visit, "道路塌方，改期另行公告").await;
    assert!(matches!(answer, Answer::Received { .. }), "{answer:?}");
    for (page, before) in pages.iter().zip(before) {
        assert_ne!(county.text(page).await, before, "{page}");
    }
    let notice = county.text(&pages[2]).await;
    assert!(notice.contains("道路塌方"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_page_already_is_told_so_in_each_coding() {
    let county = County::empty().await;
    for coding in ["", "gzip", "br"] {
        let accepts = ("accept-encoding", coding);
        let first = county.get("/330726/help", &[accepts]).await;
        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!(header(&first, "content-encoding"), coding);
        assert_eq!(header(&first, "cache-control"), "no-cache");
        assert!(header(&first, "vary").contains("cookie"));
        let etag = header(&first, "etag").to_owned();
        let has = ("if-none-match", etag.as_str());
        let second = county.get("/330726/help", &[accepts, has]).await;
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED, "{coding}");
        assert_eq!(header(&second, "etag"), etag);
        let policy = header(&second, "content-security-policy");
        assert_eq!(policy, header(&first, "content-security-policy"));
        assert!(second.bytes().await.unwrap().is_empty());
    }
    let other = ("if-none-match", "\"of-before\"");
    let changed = county.get("/330726/help", &[other]).await;
    assert_eq!(changed.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_text_size_and_language_is_a_page_of_its_own() {
    let county = County::empty().await;
    let elder = ("cookie", "text_size=large");
    let standard = county.text("/330726/help").await;
    let large = county
        .get("/330726/help", &[elder])
        .await
        .text()
        .await
        .unwrap();
    assert!(large.contains("data-elder") && !standard.contains("data-elder"));
    assert_eq!(county.text("/330726/help").await, standard);
    assert!(county.text("/330726/en/help").await.contains("lang=\"en\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobodys_own_page_is_kept_anywhere() {
    let county = County::empty().await;
    for page in ["mine", "follow", "register/who", "office", "office/sign-in"] {
        let answer = county.get(&format!("/330726/{page}"), &[]).await;
        assert_eq!(header(&answer, "cache-control"), "no-store", "{page}");
        assert_eq!(header(&answer, "etag"), "", "{page}");
    }
    // Nor one at an address somebody made up.
    let answer = county.get("/330726/help?session=1", &[]).await;
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let missing = format!("/330726/notices/{}", Uuid::nil());
    let answer = county.get(&missing, &[]).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(header(&answer, "cache-control"), "no-store");
}
