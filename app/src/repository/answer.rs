//! The text of an answer. One that is cut goes on from the byte where it stopped: at once, or when it is asked for
//! again.

use std::{cell::RefCell, collections::VecDeque, time::Duration};

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use sync::resume::{HEADER, Place};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{ReadableStreamDefaultReader, Request, RequestInit, Response};

use super::{
    line::{Line, heard},
    patience::Patience,
};

/// So many answers wait for their rest; the oldest go.
const PARTS: usize = 4;
/// On a line that breaks again and again, others want to ask as well.
const GOES_ON_AT_ONCE: usize = 20;
/// A line that is silent for so long is taken to be cut. On a second-generation network something comes sooner.
const SILENCE: Duration = Duration::from_secs(20);

thread_local! {
    static HERE: RefCell<VecDeque<Part>> = const { RefCell::new(VecDeque::new()) };
}

/// What is here of an answer.
struct Part {
    /// The address, and what was posted to it.
    asked: String,
    /// Where the answer goes on.
    place: Place,
    bytes: Vec<u8>,
}

/// An answer, and all of its text.
pub(super) struct Answered {
    pub response: Response,
    pub text: String,
}

/// Asks until the answer is whole, as long as each time more of it comes.
pub(super) async fn answered(address: &str, request: &RequestInit) -> Option<Answered> {
    let posted = request.get_body().as_string().unwrap_or_default();
    let asked = format!("{address}\n{posted}");
    let mut part = taken(&asked);
    let has_patience = request.get_signal().is_some();
    for _ in 0..GOES_ON_AT_ONCE {
        let over = Patience::new(SILENCE).filter(|_| !has_patience);
        if let Some(over) = &over {
            request.set_signal(Some(&over.signal()));
        }
        let Some(response) = fetch(address, request, part.as_ref()).await else {
            break;
        };
        drop(over);
        let place = place(&response);
        let mut bytes = match (part.take(), place) {
            (Some(part), Some(place)) if part.place == place => part.bytes,
            // A portal, or a server that cannot answer now.
            (Some(part), None) => {
                put_by(part);
                Vec::new()
            }
            _ => Vec::new(),
        };
        let before = bytes.len();
        if read_on(&response, &mut bytes).await {
            let text = String::from_utf8(bytes).ok()?;
            return Some(Answered { response, text });
        }
        let answer = place?.answer;
        let from = bytes.len();
        part = Some(Part {
            asked: asked.clone(),
            place: Place { answer, from },
            bytes,
        });
        let is_over = request.get_signal().is_some_and(|it| it.aborted());
        if from == before || is_over {
            break;
        }
    }
    if let Some(part) = part {
        put_by(part);
    }
    None
}

/// Nothing of what was asked stays: it is another's turn.
pub(super) fn forget() {
    HERE.with_borrow_mut(VecDeque::clear);
}

fn taken(asked: &str) -> Option<Part> {
    HERE.with_borrow_mut(|here| {
        let at = here.iter().position(|part| part.asked == asked)?;
        here.remove(at)
    })
}

fn put_by(part: Part) {
    HERE.with_borrow_mut(|here| {
        here.push_back(part);
        if here.len() > PARTS {
            here.pop_front();
        }
    });
}

async fn fetch(address: &str, request: &RequestInit, part: Option<&Part>) -> Option<Response> {
    let request = Request::new_with_str_and_init(address, request).ok()?;
    if let Some(part) = part {
        let _ = request.headers().set(HEADER, &part.place.to_string());
    }
    let response = JsFuture::from(window().fetch_with_request(&request)).await;
    if response.is_err() {
        heard(Line::Down);
    }
    response.ok()?.dyn_into().ok()
}

fn place(response: &Response) -> Option<Place> {
    let place = response.headers().get(HEADER).ok()??;
    place.parse().ok()
}

/// True when the body has ended; false when it was cut.
async fn read_on(response: &Response, bytes: &mut Vec<u8>) -> bool {
    let Some(body) = response.body() else {
        return true;
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let Ok(chunk) = unless_silent(reader.read()).await else {
            // Of a stream that broke this fails as well.
            let cancelled = JsFuture::from(reader.cancel());
            spawn_local(async move { drop(cancelled.await) });
            return false;
        };
        let value = Reflect::get(&chunk, &"value".into()).unwrap_or_default();
        match value.dyn_into::<Uint8Array>() {
            Ok(value) => bytes.extend(value.to_vec()),
            // It has none when it has ended.
            Err(_) => return true,
        }
    }
}

/// Fails when nothing comes for long.
async fn unless_silent(awaited: Promise) -> Result<JsValue, JsValue> {
    let silence = future_to_promise(async {
        TimeoutFuture::new(SILENCE.as_millis() as u32).await;
        Err(JsValue::UNDEFINED)
    });
    JsFuture::from(Promise::race(&Array::of2(&awaited, &silence))).await
}
