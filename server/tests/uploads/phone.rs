//! A phone that has filed a matter with photos, and sends them.

use app::Site;
use domain::attachment::AttachmentState;
use image::{ExtendedColorType, Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use server::{
    attachments::Attachments,
    clock,
    data::{Data, Place},
    demo, jobs,
};
use store::Store;
use sync::view;
use tempfile::TempDir;
use uuid::Uuid;

use crate::served::Served;

pub const COUNTY: &str = "330726";

/// A server with a county and nothing in it.
pub async fn served() -> Served {
    let (folder, store) = Served::store().await;
    named(&store).await;
    Served::over(folder, store).await
}

pub async fn named(store: &Store) {
    let site = Site {
        county: COUNTY.to_owned(),
        ..Site::default()
    };
    Data::name_county(store, demo::county(), &site)
        .await
        .unwrap();
}

/// The same folder, opened by a server that starts.
pub async fn reopened(folder: &TempDir) -> Store {
    let place = Place {
        folder: folder.path().to_owned(),
        database_url: None,
    };
    place.open_store().await.unwrap()
}

/// What was filed, and what its receipt brought.
pub struct Phone {
    pub address: String,
    pub client: Client,
    pub token: String,
    pub case: String,
    /// The secret that opens the matter.
    pub secret: String,
    /// The code that opens it, with the digits 8000.
    pub code: String,
    pub photos: Vec<Uuid>,
    pub voice: Uuid,
}

pub fn filing(photos: &[Uuid], voices: &[Uuid]) -> Value {
    let mut statement = vec![json!({ "text": "村口的路要修" })];
    let named = |kind: &str, id: &Uuid| json!({ kind: { "attachment": id, "transcript": null } });
    statement.extend(photos.iter().map(|id| named("image", id)));
    statement.extend(voices.iter().map(|id| named("audio", id)));
    json!({
        "party": {
            "petitioner": { "name": "示例某", "id_number": null, "village": null, "birth_year": null, "address": null },
            "representatives": [], "size": 1, "filer": "petitioner",
        },
        "kind": "request", "subject": "roads", "place": null,
        "statement": statement,
        "contact": { "way": "call", "phone": "13800138000", "hours": null },
        "restricted_from": [], "danger": "none", "second_factor": "8000",
    })
}

/// Sends a command and gives back its answer.
pub async fn command(address: &str, client: &Client, id: Uuid, command: &Value) -> Value {
    let envelope = json!({
        "id": id, "county": COUNTY, "area": "citizen", "device": null,
        "build": "test", "captured_at": "2026-11-25T10:00:00Z", "expected_version": null,
        "command": command,
    });
    let at = format!("{address}/api/v1/{COUNTY}/commands");
    let answers: Value = client
        .post(at)
        .json(&[envelope])
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    answers[0].clone()
}

impl Phone {
    /// Files a matter with two photos and a recording to follow.
    pub async fn of(served: &Served) -> Self {
        Self::at(&served.address, &served.client).await
    }

    pub async fn at(address: &str, client: &Client) -> Self {
        let file = |filing| json!({ "command": "file", "filing": filing });
        Self::sent(address, client, file).await
    }

    /// Registers for a visit with the same; `case` is the registration then.
    pub async fn registered(address: &str, client: &Client, visit: &str, kind: &str) -> Self {
        let register = |mut filing: Value| {
            filing["kind"] = kind.into();
            json!({ "command": "register", "visit": visit, "filing": filing })
        };
        Self::sent(address, client, register).await
    }

    async fn sent(address: &str, client: &Client, send: impl FnOnce(Value) -> Value) -> Self {
        let photos = vec![Uuid::now_v7(), Uuid::now_v7()];
        let voice = Uuid::now_v7();
        let send = send(filing(&photos, &[voice]));
        let answer = command(address, client, Uuid::now_v7(), &send).await;
        let receipt = &answer["receipt"];
        let text = |name: &str| receipt[name].as_str().unwrap().to_owned();
        Self {
            address: address.to_owned(),
            client: client.clone(),
            token: text("upload"),
            case: text(match receipt["case"].is_string() {
                true => "case",
                false => "registration",
            }),
            secret: text("private_secret"),
            code: receipt["code"]["short"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            photos,
            voice,
        }
    }

    pub fn path(id: Uuid) -> String {
        format!("/api/v1/{COUNTY}/uploads/{id}")
    }

    /// A request as tus wants it.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .client
            .request(method, format!("{}{path}", self.address));
        request
            .header("tus-resumable", "1.0.0")
            .bearer_auth(&self.token)
    }

    pub fn announce(&self, id: Uuid, length: usize) -> RequestBuilder {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        let id = STANDARD.encode(id.to_string());
        self.ask(Method::POST, &format!("/api/v1/{COUNTY}/uploads"))
            .header("upload-length", length)
            .header("upload-metadata", format!("filename eA==,attachment {id}"))
    }

    pub async fn announced(&self, id: Uuid, length: usize) -> Response {
        self.announce(id, length).send().await.unwrap()
    }

    pub fn chunk(&self, id: Uuid, offset: usize, bytes: &[u8]) -> RequestBuilder {
        self.ask(Method::PATCH, &Self::path(id))
            .header("content-type", "application/offset+octet-stream")
            .header("upload-offset", offset)
            .body(bytes.to_vec())
    }

    pub async fn patch(&self, id: Uuid, offset: usize, bytes: &[u8]) -> Response {
        self.chunk(id, offset, bytes).send().await.unwrap()
    }

    pub async fn head(&self, id: Uuid) -> Response {
        let request = self.ask(Method::HEAD, &Self::path(id));
        request.send().await.unwrap()
    }

    /// How many bytes the server says it has.
    pub async fn offset(&self, id: Uuid) -> usize {
        let head = self.head(id).await;
        assert_eq!(head.status(), StatusCode::OK);
        number(&head, "upload-offset")
    }

    /// Announces it and sends it in chunks of 64 KB.
    pub async fn send(&self, id: Uuid, bytes: &[u8]) {
        let announced = self.announced(id, bytes.len()).await;
        assert_eq!(announced.status(), StatusCode::CREATED);
        let mut offset = 0;
        for chunk in bytes.chunks(64 * 1024) {
            let answer = self.patch(id, offset, chunk).await;
            assert_eq!(answer.status(), StatusCode::NO_CONTENT);
            offset += chunk.len();
            assert_eq!(number(&answer, "upload-offset"), offset);
        }
    }

    /// Where everything the filing names is.
    pub async fn list(&self) -> Vec<view::Attachment> {
        let request = self.ask(Method::GET, &format!("/api/v1/{COUNTY}/uploads"));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    pub async fn state(&self, id: Uuid) -> AttachmentState {
        let list = self.list().await;
        let found = list.iter().find(|known| known.attachment.0 == id);
        found.unwrap().state
    }

    /// What changed of the matter since a cursor; none where that is nothing.
    pub async fn own(&self, since: Option<&str>) -> Option<view::OwnChanges> {
        let at = format!("{}/api/v1/{COUNTY}/own", self.address);
        let keys = json!([{ "code": self.code, "pin": "8000" }]);
        let asked = json!({ "since": since, "keys": keys });
        let answer = self.client.post(at).json(&asked).send().await.unwrap();
        match answer.status() {
            StatusCode::NO_CONTENT => None,
            status => {
                assert_eq!(status, StatusCode::OK);
                Some(answer.json().await.unwrap())
            }
        }
    }

    /// The cookie that opens the matter.
    pub async fn opened(&self) -> String {
        let answer = self
            .client
            .post(format!("{}/{COUNTY}/follow", self.address))
            .form(&[("code", &self.secret)])
            .send()
            .await
            .unwrap();
        crate::office_county::cookie(&answer)
    }

    /// Asks for the bytes as a browser with a cookie does.
    pub async fn look(&self, id: Uuid, cookie: &str) -> Response {
        look(&self.client, &self.address, &self.case, id, cookie).await
    }
}

pub async fn look(client: &Client, address: &str, of: &str, id: Uuid, cookie: &str) -> Response {
    let at = format!("{address}/{COUNTY}/attachments/{of}/{id}");
    let request = client.get(at).header("cookie", cookie);
    request.send().await.unwrap()
}

pub fn number(answer: &Response, header: &str) -> usize {
    let value = answer.headers()[header].to_str().unwrap();
    value.parse().unwrap()
}

/// Does what is to be done after the commits.
pub async fn looked_at(attachments: &Attachments) -> usize {
    let store = &attachments.store;
    let done = jobs::perform_due(store, Some(attachments), clock::now());
    done.await.unwrap()
}

/// A JPEG of noise, which is as large as it looks.
pub fn photo(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let noise = (x * 7919 + y * 104_729 + x * y) % 251;
        Rgb([noise as u8, (noise * 3 % 251) as u8, (x % 256) as u8])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92)
        .encode(&image, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

/// The same with a comment in it.
pub fn photo_with(comment: &[u8], width: u32, height: u32) -> Vec<u8> {
    let photo = photo(width, height);
    let mut bytes = photo[..2].to_vec();
    bytes.extend([0xFF, 0xFE]);
    bytes.extend(u16::try_from(comment.len() + 2).unwrap().to_be_bytes());
    bytes.extend(comment);
    bytes.extend(&photo[2..]);
    bytes
}
