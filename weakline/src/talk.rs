//! What the two directions of one connection and its exchanges know of each other.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    fault::{How, Side},
    line::Line,
    rules::Strike,
    seen::Number,
};

pub struct Talk {
    pub line: Arc<Line>,
    turn: Mutex<Turn>,
}

struct Turn {
    /// Whether the next byte from the browser begins a request.
    between: bool,
    request: Option<Number>,
    strike: Option<Strike>,
    cut_request: Option<Cut>,
    cut_answer: Option<Cut>,
    ending: How,
}

/// The connection is cut after so many bytes more.
#[derive(Clone, Copy)]
struct Cut {
    after: u64,
    how: How,
}

impl Talk {
    pub fn new(line: Arc<Line>) -> Self {
        let turn = Turn {
            between: true,
            request: None,
            strike: None,
            cut_request: None,
            cut_answer: None,
            ending: How::Fin,
        };
        Self {
            line,
            turn: Mutex::new(turn),
        }
    }

    pub fn is_between_requests(&self) -> bool {
        self.turn().between
    }

    /// A request begins: here it is decided what will happen to it.
    pub fn begin(&self, method: &str, path: &str) {
        let strike = self.line.rules.strike(method, path);
        let fault = strike.as_ref().map(Strike::name);
        let mut turn = self.turn();
        turn.request = Some(self.line.seen.request(method, path, fault));
        turn.between = false;
        turn.cut_request = None;
        turn.cut_answer = None;
        turn.strike = None;
        match strike {
            Some(Strike::Cut { side, after, how }) => {
                let cut = Some(Cut { after, how });
                match side {
                    Side::Request => turn.cut_request = cut,
                    Side::Answer => turn.cut_answer = cut,
                }
            }
            other => turn.strike = other,
        }
    }

    /// What is left to do to the request that has arrived.
    pub fn strike(&self) -> Option<Strike> {
        self.turn().strike.take()
    }

    pub fn answered(&self, status: u16) {
        if let Some(request) = self.turn().request {
            self.line.seen.status(request, status);
        }
    }

    /// The answer is complete, or given up.
    pub fn end_turn(&self) {
        self.turn().between = true;
    }

    /// How many of these bytes may pass, and how the connection is cut after them.
    pub fn allow(&self, side: Side, bytes: usize) -> (usize, Option<How>) {
        let mut turn = self.turn();
        let cut = match side {
            Side::Request => &mut turn.cut_request,
            Side::Answer => &mut turn.cut_answer,
        };
        let Some(Cut { after, how }) = cut else {
            return (bytes, None);
        };
        let how = *how;
        let allowed = usize::try_from(*after).map_or(bytes, |after| after.min(bytes));
        *after -= allowed as u64;
        if *after > 0 {
            return (allowed, None);
        }
        turn.end(how);
        (allowed, Some(how))
    }

    pub fn passed(&self, side: Side, bytes: usize) {
        let request = self.turn().request;
        self.line.seen.bytes(request, side, bytes);
    }

    /// Nothing more reaches the browser, and the connection will end so.
    pub fn end(&self, how: How) {
        self.turn().end(how);
    }

    pub fn ending(&self) -> How {
        self.turn().ending
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    fn end(&mut self, how: How) {
        self.ending = how;
        self.cut_answer = Some(Cut { after: 0, how });
    }
}
