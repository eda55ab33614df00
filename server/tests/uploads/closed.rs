//! Photos that come closed: from a phone whose person is not there, and once, whichever way they come.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    attachment::{AttachmentKind, AttachmentState, IMAGE_BYTES, RECORDING_BYTES},
    ids::{AttachmentId, CommandId},
};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use server::clock;
use store::testing::close_medium;
use sync::letter::medium::{MediumName, OVERHEAD};
use uuid::Uuid;

use crate::{
    phone::{COUNTY, Phone, looked_at, number, photo, served},
    served::Served,
};

/// The same phone with its space locked: it has no token.
struct Locked<'a> {
    served: &'a Served,
    command: Uuid,
}

impl<'a> Locked<'a> {
    /// A matter has the id of the command it came with.
    fn of(served: &'a Served, phone: &Phone) -> Self {
        let command = phone.case.parse().unwrap();
        Self { served, command }
    }

    /// Closed under the name of one attachment.
    fn letter(&self, id: Uuid, bytes: &[u8]) -> Vec<u8> {
        let key = self.served.data.store.letter_key(clock::now().into());
        let name = MediumName {
            county: COUNTY,
            of: CommandId(self.command),
            attachment: AttachmentId(id),
            kind: AttachmentKind::Image,
        };
        close_medium(&key, &name, bytes)
    }

    fn path(&self, id: Uuid) -> String {
        format!("/api/v1/{COUNTY}/uploads/letters/{}/{id}", self.command)
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let address = format!("{}{path}", self.served.address);
        let request = self.served.client.request(method, address);
        request.header("tus-resumable", "1.0.0")
    }

    async fn announced(&self, id: Uuid, length: usize) -> Response {
        let name = |id: Uuid| STANDARD.encode(id.to_string());
        let names = format!("attachment {},letter {}", name(id), name(self.command));
        self.ask(Method::POST, &format!("/api/v1/{COUNTY}/uploads"))
            .header("upload-length", length)
            .header("upload-metadata", names)
            .send()
            .await
            .unwrap()
    }

    async fn patch(&self, id: Uuid, offset: usize, bytes: &[u8]) -> Response {
        self.ask(Method::PATCH, &self.path(id))
            .header("content-type", "application/offset+octet-stream")
            .header("upload-offset", offset)
            .body(bytes.to_vec())
            .send()
            .await
            .unwrap()
    }

    async fn head(&self, id: Uuid) -> Response {
        let request = self.ask(Method::HEAD, &self.path(id));
        request.send().await.unwrap()
    }

    /// Sends one in chunks of 64 KB, as its own phone does.
    async fn send(&self, id: Uuid, letter: &[u8]) {
        let announced = self.announced(id, letter.len()).await;
        assert_eq!(announced.status(), StatusCode::CREATED);
        assert_eq!(announced.headers()["location"], *self.path(id));
        let mut offset = 0;
        for chunk in letter.chunks(64 * 1024) {
            let answer = self.patch(id, offset, chunk).await;
            assert_eq!(answer.status(), StatusCode::NO_CONTENT);
            offset += chunk.len();
        }
        assert_eq!(number(&self.head(id).await, "upload-offset"), letter.len());
    }

    /// What is told of one.
    async fn fate(&self, id: Uuid) -> (StatusCode, Value) {
        let request = self.ask(Method::GET, &self.path(id));
        told(request.send().await.unwrap()).await
    }
}

async fn told(answer: Response) -> (StatusCode, Value) {
    assert_eq!(answer.headers()["tus-resumable"], "1.0.0");
    (answer.status(), answer.json().await.unwrap())
}

fn kept(kept: bool) -> (StatusCode, Value) {
    (StatusCode::OK, json!({ "kept": kept }))
}

fn not_found() -> (StatusCode, Value) {
    (StatusCode::NOT_FOUND, json!({ "problem": "not_found" }))
}

fn refused() -> (StatusCode, Value) {
    (StatusCode::GONE, json!({ "problem": "refused" }))
}

/// Whatever lies in the object store of one matter.
fn files(served: &Served, phone: &Phone) -> usize {
    let folder = served.folder.path().join("attachments").join(COUNTY);
    let all = std::fs::read_dir(folder.join(&phone.case));
    let all = all.into_iter().flatten();
    let files = all.map(|of| std::fs::read_dir(of.unwrap().path()).unwrap().count());
    files.sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_photo_is_opened_written_anew_and_kept() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (locked, id) = (Locked::of(&served, &phone), phone.photos[0]);
    let letter = locked.letter(id, &photo(1600, 1200));
    assert!(letter.len() > 64 * 1024);
    locked.send(id, &letter).await;
    assert_eq!(locked.fate(id).await, kept(false));
    assert_eq!(looked_at(&served.attachments).await, 1);
    assert_eq!(locked.fate(id).await, kept(true));

    let own = phone.opened().await;
    let shown = phone.look(id, &own).await;
    let bytes = shown.bytes().await.unwrap();
    let image = image::load_from_memory(&bytes).unwrap();
    assert_eq!((image.width(), image.height()), (1280, 960));
    assert_eq!(files(&served, &phone), 1, "nothing of the letter");
    // What was not sent is not there.
    let other = phone.photos[1];
    assert_eq!(phone.state(other).await, AttachmentState::Expected);
    assert_eq!(locked.fate(other).await, not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_sent_twice_is_one_photo() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (locked, id) = (Locked::of(&served, &phone), phone.photos[0]);
    let plain = photo(400, 300);
    let letter = locked.letter(id, &plain);
    let announced = locked.announced(id, letter.len()).await;
    assert_eq!(announced.status(), StatusCode::CREATED);
    locked.patch(id, 0, &letter[..1000]).await;
    let again = locked.announced(id, letter.len()).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(number(&again, "upload-offset"), 1000);
    locked.patch(id, 1000, &letter[1000..]).await;
    looked_at(&served.attachments).await;
    let first = phone.state(id).await;
    assert!(matches!(first, AttachmentState::Received { .. }));

    // Closed anew, it is told as one that is there whole; what comes all the same goes nowhere.
    let other = locked.letter(id, &photo(64, 48));
    let again = locked.announced(id, other.len()).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(number(&again, "upload-offset"), other.len());
    let late = locked.patch(id, 0, &other).await;
    assert_eq!(late.status(), StatusCode::NOT_FOUND);
    assert_eq!(looked_at(&served.attachments).await, 0);
    assert_eq!(phone.state(id).await, first);
    assert_eq!(locked.fate(id).await, kept(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn readable_and_closed_it_is_one_photo_whichever_is_first() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let locked = Locked::of(&served, &phone);
    let plain = photo(400, 300);
    let [closed_first, readable_first] = phone.photos[..] else {
        panic!("two photos");
    };

    // The space is opened after its letter went: the readable one is there whole, and nothing is sent.
    phone.announced(closed_first, plain.len()).await;
    phone.patch(closed_first, 0, &plain[..1000]).await;
    let letter = locked.letter(closed_first, &plain);
    locked.send(closed_first, &letter).await;
    assert_eq!(phone.offset(closed_first).await, 1000);
    looked_at(&served.attachments).await;
    let once = phone.state(closed_first).await;
    assert!(matches!(once, AttachmentState::Received { .. }));
    assert_eq!(phone.offset(closed_first).await, plain.len());
    let again = phone.announced(closed_first, plain.len()).await;
    assert_eq!(again.status(), StatusCode::OK);
    let late = phone.patch(closed_first, 1000, &plain[1000..]).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);

    // Locked while the letter was on its way, opened, and sent readable.
    let letter = locked.letter(readable_first, &plain);
    locked.announced(readable_first, letter.len()).await;
    locked.patch(readable_first, 0, &letter[..1000]).await;
    phone.send(readable_first, &plain).await;
    locked.patch(readable_first, 1000, &letter[1000..]).await;
    looked_at(&served.attachments).await;
    let second = phone.state(readable_first).await;
    assert!(matches!(second, AttachmentState::Received { .. }));
    assert_eq!(locked.fate(readable_first).await, kept(true));
    assert_eq!(files(&served, &phone), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_was_moved_or_changed_stays_closed() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (locked, id) = (Locked::of(&served, &phone), phone.photos[0]);
    let plain = photo(64, 48);
    let mut changed = locked.letter(id, &plain);
    *changed.last_mut().unwrap() ^= 1;
    let mut old = locked.letter(id, &plain);
    old[..2].copy_from_slice(&2000_u16.to_be_bytes());
    let of_another = Locked {
        served: &served,
        command: Uuid::now_v7(),
    };
    let letters = [
        locked.letter(phone.photos[1], &plain),
        of_another.letter(id, &plain),
        changed,
        old,
        [plain.clone(), vec![0; OVERHEAD as usize]].concat(),
    ];
    for letter in letters {
        locked.send(id, &letter).await;
        assert_eq!(looked_at(&served.attachments).await, 1);
        assert_eq!(locked.fate(id).await, refused());
        assert_eq!(locked.head(id).await.status(), StatusCode::GONE);
        // Of the photo itself nothing is known: nobody can make one look refused.
        assert_eq!(phone.state(id).await, AttachmentState::Expected);
        assert_eq!(files(&served, &phone), 0);
    }
    locked.send(id, &locked.letter(id, &plain)).await;
    looked_at(&served.attachments).await;
    assert_eq!(locked.fate(id).await, kept(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_a_letter_is_looked_at_like_everything_else() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (locked, id) = (Locked::of(&served, &phone), phone.photos[0]);
    let page = b"<html><script>alert(1)</script>";
    locked.send(id, &locked.letter(id, page)).await;
    looked_at(&served.attachments).await;
    assert_eq!(locked.fate(id).await, refused());
    assert!(phone.state(id).await.is_refused());
    // Its person is told why, and sends another one in its place.
    phone.send(id, &photo(64, 48)).await;
    looked_at(&served.attachments).await;
    assert_eq!(locked.fate(id).await, kept(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_know_both_ids_is_told_nothing() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (locked, id) = (Locked::of(&served, &phone), phone.photos[0]);
    let stranger = Locked {
        served: &served,
        command: Uuid::now_v7(),
    };
    let letter = locked.letter(id, &photo(64, 48));
    locked.send(id, &letter).await;
    looked_at(&served.attachments).await;
    for (who, id) in [(&stranger, id), (&locked, Uuid::now_v7())] {
        for length in [1, letter.len(), usize::MAX / 4] {
            assert_eq!(told(who.announced(id, length).await).await, not_found());
        }
        assert_eq!(who.head(id).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(told(who.patch(id, 0, &letter).await).await, not_found());
        assert_eq!(who.fate(id).await, not_found());
    }
    // Nor does one take anything back.
    let path = locked.path(phone.photos[1]);
    let taken = locked.ask(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(taken.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_as_large_as_what_may_be_in_it() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let locked = Locked::of(&served, &phone);
    for (id, most) in [
        (phone.photos[0], IMAGE_BYTES + OVERHEAD),
        (phone.voice, RECORDING_BYTES + OVERHEAD),
    ] {
        let over = locked.announced(id, most as usize + 1).await;
        let expected = json!({ "problem": "too_large", "most": most });
        let too_large = (StatusCode::PAYLOAD_TOO_LARGE, expected);
        assert_eq!(told(over).await, too_large);
        let empty = locked.announced(id, OVERHEAD as usize).await;
        assert_eq!(empty.status(), StatusCode::BAD_REQUEST);
        let fits = locked.announced(id, most as usize).await;
        assert_eq!(fits.status(), StatusCode::CREATED);
    }
}
