//! The demonstration county on a port of its own, and officials who sign in.

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use server::{accounts, attachments::Attachments, clock, data::Data};
use sync::view::{Worklist, Workspace};
use uuid::Uuid;

use crate::served::Served;

pub struct County {
    pub address: String,
    pub data: Data,
    pub attachments: Attachments,
    pub folder: tempfile::TempDir,
    pub client: Client,
}

impl County {
    pub async fn open() -> Self {
        let Served {
            address,
            data,
            attachments,
            folder,
            client,
        } = Served::demonstration().await;
        Self {
            address,
            data,
            attachments,
            folder,
            client,
        }
    }

    /// Posts a form as a page without scripts does.
    pub async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}/330726{path}", self.address));
        let request = request.header("cookie", cookie).form(fields);
        request.send().await.unwrap()
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.address));
        request.header("cookie", cookie).send().await.unwrap()
    }

    /// Sends one command as a phone or tablet does, and gives back its answer.
    pub async fn command(&self, cookie: &str, area: &str, command: &Value) -> Value {
        let envelope = json!({
            "id": Uuid::now_v7(), "county": "330726", "area": area, "device": null,
            "build": "test", "captured_at": clock::now(), "expected_version": null,
            "command": command,
        });
        self.envelope(cookie, &envelope).await
    }

    /// Sends an envelope as it is, and gives back its answer.
    pub async fn envelope(&self, cookie: &str, envelope: &Value) -> Value {
        let request = self
            .client
            .post(format!("{}/api/v1/330726/commands", self.address));
        let request = request.header("cookie", cookie).json(&[envelope]);
        let answers: Value = request.send().await.unwrap().json().await.unwrap();
        answers[0].clone()
    }

    /// A fresh session of one of the demonstration's officials, as the browser sends it.
    pub async fn signed_in(&self, name: &str) -> String {
        let (store, county) = (&self.data.store, self.data.county);
        let account = store.account_by_name(county, name).await.unwrap().unwrap();
        let limits = accounts::SESSION;
        let token = store
            .create_session(account.id, limits, clock::now().into())
            .await
            .unwrap();
        format!("__Host-office={}", token.expose())
    }

    /// The first case of an official's worklist.
    pub async fn first_case(&self, cookie: &str) -> String {
        let list = self.get("/api/v1/330726/office/worklist", cookie).await;
        let list: Worklist = list.json().await.unwrap();
        list.rows[0].case.to_string()
    }

    pub async fn case(&self, cookie: &str, case: &str) -> Workspace {
        let at = format!("/api/v1/330726/office/cases/{case}");
        self.get(&at, cookie).await.json().await.unwrap()
    }

    /// A case's numbers in other registers.
    pub async fn numbers(&self, cookie: &str, case: &str) -> Vec<String> {
        let view = self.case(cookie, case).await;
        let numbers = view.case.external.iter();
        numbers.map(|known| known.number.to_string()).collect()
    }
}

/// The first cookie an answer sets, as the browser sends it back.
pub fn cookie(answer: &Response) -> String {
    let line = answer.headers()["set-cookie"].to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}

/// Every cookie an answer sets, those it removes left out.
pub fn all_cookies(answer: &Response) -> String {
    let lines = answer.headers().get_all("set-cookie").iter();
    let pairs = lines.map(|line| line.to_str().unwrap().split(';').next().unwrap());
    let set: Vec<&str> = pairs.filter(|pair| !pair.ends_with('=')).collect();
    set.join("; ")
}

pub fn leads_to(answer: &Response) -> &str {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap()
}

pub async fn text_of(answer: Response) -> String {
    answer.text().await.unwrap()
}
