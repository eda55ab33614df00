//! What passed the line, for tests that count round trips and bytes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use crate::fault::Side;

#[derive(Default)]
pub struct Seen(Mutex<Counts>);

#[derive(Clone, Default, Serialize)]
pub struct Counts {
    /// Those that came while the network was not down.
    connections: u64,
    refused: u64,
    /// Bytes that arrived at the other end, heads included.
    bytes_up: u64,
    bytes_down: u64,
    requests: Vec<Request>,
    /// Requests that were counted before the last clearing.
    #[serde(skip)]
    forgotten: u64,
}

#[derive(Clone, Serialize)]
struct Request {
    method: String,
    path: String,
    /// Of the answer, heard or not; none yet, or never.
    status: Option<u16>,
    /// The fault that struck it.
    fault: Option<&'static str>,
    bytes_up: u64,
    bytes_down: u64,
}

/// A request among all there ever were.
#[derive(Clone, Copy)]
pub struct Number(u64);

impl Seen {
    pub fn connection(&self) {
        self.counts().connections += 1;
    }

    pub fn refused(&self) {
        self.counts().refused += 1;
    }

    pub fn request(&self, method: &str, path: &str, fault: Option<&'static str>) -> Number {
        let mut counts = self.counts();
        counts.requests.push(Request {
            method: method.to_owned(),
            path: path.to_owned(),
            status: None,
            fault,
            bytes_up: 0,
            bytes_down: 0,
        });
        Number(counts.forgotten + counts.requests.len() as u64 - 1)
    }

    pub fn status(&self, number: Number, status: u16) {
        if let Some(request) = self.counts().known(number) {
            request.status = Some(status);
        }
    }

    /// Bytes of this request or its answer, or of none that was understood.
    pub fn bytes(&self, number: Option<Number>, side: Side, bytes: usize) {
        let bytes = bytes as u64;
        let mut counts = self.counts();
        match side {
            Side::Request => counts.bytes_up += bytes,
            Side::Answer => counts.bytes_down += bytes,
        }
        if let Some(request) = number.and_then(|number| counts.known(number)) {
            match side {
                Side::Request => request.bytes_up += bytes,
                Side::Answer => request.bytes_down += bytes,
            }
        }
    }

    pub fn so_far(&self) -> Counts {
        self.counts().clone()
    }

    pub fn clear(&self) {
        let mut counts = self.counts();
        *counts = Counts {
            forgotten: counts.forgotten + counts.requests.len() as u64,
            ..Counts::default()
        };
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    /// None when it was forgotten meanwhile.
    fn known(&mut self, Number(number): Number) -> Option<&mut Request> {
        let place = usize::try_from(number.checked_sub(self.forgotten)?).ok()?;
        self.requests.get_mut(place)
    }
}
