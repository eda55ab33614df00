//! Which fault strikes which request.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::fault::{ErrorStatus, Header, How, Side, Which};

/// What happens to a request that is struck.
#[derive(Clone, Debug)]
pub enum Strike {
    Cut {
        side: Side,
        after: u64,
        how: How,
    },
    DropAnswer(How),
    /// With an address, people are sent there.
    Portal(Option<Header>),
    Status {
        status: ErrorStatus,
        retry_after: Option<Header>,
    },
}

impl Strike {
    /// The fault's name in the control API.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Cut { .. } => "cut",
            Self::DropAnswer(_) => "drop_answer",
            Self::Portal(_) => "portal",
            Self::Status { .. } => "status",
        }
    }
}

#[derive(Default)]
pub struct Rules(Mutex<Vec<Rule>>);

struct Rule {
    on: Which,
    strike: Strike,
    /// Requests so far that fit.
    met: u64,
}

impl Rules {
    pub fn add(&self, on: Which, strike: Strike) {
        let met = 0;
        self.rules().push(Rule { on, strike, met });
    }

    pub fn clear(&self) {
        self.rules().clear();
    }

    /// Every rule counts every request that fits it; the oldest that applies strikes.
    pub fn strike(&self, method: &str, path: &str) -> Option<Strike> {
        let mut struck = None;
        for rule in self.rules().iter_mut() {
            if rule.applies(method, path) {
                struck.get_or_insert_with(|| rule.strike.clone());
            }
        }
        struck
    }

    fn rules(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rule {
    fn applies(&mut self, method: &str, path: &str) -> bool {
        let (from, times) = (self.on.from.get(), self.on.times);
        let method_fits = self.on.method.as_deref().is_none_or(|own| own == method);
        if !method_fits || !path.contains(&self.on.path) {
            return false;
        }
        self.met += 1;
        self.met >= from && times.is_none_or(|times| self.met - from < times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(rules: &Rules, method: &str, path: &str) -> Option<&'static str> {
        rules.strike(method, path).map(|strike| strike.name())
    }

    fn on(json: &str) -> Which {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_second_and_third_that_fit_are_struck() {
        let rules = Rules::default();
        let which = on(r#"{"path":"/commands","method":"POST","from":2,"times":2}"#);
        rules.add(which, Strike::DropAnswer(How::Rst));
        let post = || struck(&rules, "POST", "/api/v1/330726/commands");
        assert_eq!(post(), None);
        assert_eq!(struck(&rules, "GET", "/commands"), None);
        assert_eq!(struck(&rules, "POST", "/photos"), None);
        assert_eq!(post(), Some("drop_answer"));
        assert_eq!(post(), Some("drop_answer"));
        assert_eq!(post(), None);
    }

    #[test]
    fn the_oldest_that_applies_strikes_and_all_count() {
        let rules = Rules::default();
        rules.add(on(r#"{"times":1}"#), Strike::DropAnswer(How::Rst));
        rules.add(on(r#"{"times":2}"#), Strike::Portal(None));
        let get = || struck(&rules, "GET", "/");
        assert_eq!(
            [get(), get(), get()],
            [Some("drop_answer"), Some("portal"), None]
        );
    }

    #[test]
    fn without_times_a_fault_stays() {
        let rules = Rules::default();
        rules.add(Which::default(), Strike::Portal(None));
        for _ in 0..3 {
            assert_eq!(struck(&rules, "GET", "/"), Some("portal"));
        }
        rules.clear();
        assert_eq!(struck(&rules, "GET", "/"), None);
    }
}
