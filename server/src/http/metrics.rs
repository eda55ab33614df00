//! `/metrics`: figures for Prometheus, in its text format. Nothing in them is about a person.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{AppState, client::Client};

/// Upper ends in seconds: a page takes about a millisecond, a commit about ten.
const BUCKETS: [f64; 8] = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 30.0];
/// Answers by their first digit, 1 to 5.
const STATUSES: usize = 5;

/// What a request was for. Addresses themselves would be too many, and may hold codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteClass {
    Page,
    Form,
    Api,
    Asset,
    Watch,
    Other,
}

impl RouteClass {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Page, "page"),
        (Self::Form, "form"),
        (Self::Api, "api"),
        (Self::Asset, "asset"),
        (Self::Watch, "watch"),
        (Self::Other, "other"),
    ];

    /// By the pattern of the address that answered.
    pub fn of(method: &Method, route: &str) -> Self {
        match route {
            "/healthz" | "/readyz" | "/metrics" => Self::Watch,
            "other" => Self::Other,
            _ if route.starts_with("/api/") => Self::Api,
            _ if route.starts_with("/pkg/") => Self::Asset,
            _ if route.starts_with("/{county}")
                || ["/", "/app-shell", "/share"].contains(&route) =>
            {
                match *method {
                    Method::POST => Self::Form,
                    _ => Self::Page,
                }
            }
            _ => Self::Asset,
        }
    }
}

#[derive(Default)]
struct Class {
    by_status: [AtomicU64; STATUSES],
    buckets: [AtomicU64; BUCKETS.len()],
    micros: AtomicU64,
}

/// Counted since the start of the process.
#[derive(Default)]
pub struct Metrics {
    classes: [Class; RouteClass::ALL.len()],
    /// Connections that are open now.
    pub connections: AtomicUsize,
    /// Rounds of upkeep, and those that failed.
    pub upkeep: AtomicU64,
    pub upkeep_failed: AtomicU64,
}

impl Metrics {
    pub fn answered(&self, class: RouteClass, status: StatusCode, took: Duration) {
        let class = &self.classes[class as usize];
        let digit = usize::from(status.as_u16() / 100).clamp(1, STATUSES);
        class.by_status[digit - 1].fetch_add(1, Ordering::Relaxed);
        let seconds = took.as_secs_f64();
        if let Some(place) = BUCKETS.iter().position(|end| seconds <= *end) {
            class.buckets[place].fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        class.micros.fetch_add(micros, Ordering::Relaxed);
    }

    fn requests(&self, out: &mut String) {
        head(
            out,
            "huiyin_requests_total",
            "counter",
            "Answered requests.",
        );
        for (class, name) in RouteClass::ALL {
            for (place, count) in self.classes[class as usize].by_status.iter().enumerate() {
                let (digit, count) = (place + 1, count.load(Ordering::Relaxed));
                line(
                    out,
                    &format!(
                        "huiyin_requests_total{{class=\"{name}\",status=\"{digit}xx\"}} {count}"
                    ),
                );
            }
        }
    }

    fn durations(&self, out: &mut String) {
        const NAME: &str = "huiyin_request_duration_seconds";
        head(
            out,
            NAME,
            "histogram",
            "From the last header to the answer.",
        );
        for (class, name) in RouteClass::ALL {
            let class = &self.classes[class as usize];
            let mut below = 0;
            for (end, count) in BUCKETS.iter().zip(&class.buckets) {
                below += count.load(Ordering::Relaxed);
                line(
                    out,
                    &format!("{NAME}_bucket{{class=\"{name}\",le=\"{end}\"}} {below}"),
                );
            }
            let all: u64 = class
                .by_status
                .iter()
                .map(|n| n.load(Ordering::Relaxed))
                .sum();
            line(
                out,
                &format!("{NAME}_bucket{{class=\"{name}\",le=\"+Inf\"}} {all}"),
            );
            let micros = class.micros.load(Ordering::Relaxed);
            let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
            line(
                out,
                &format!("{NAME}_sum{{class=\"{name}\"}} {whole}.{rest:06}"),
            );
            line(out, &format!("{NAME}_count{{class=\"{name}\"}} {all}"));
        }
    }
}

/// For this machine and the networks that were named: everybody else finds no such page.
pub async fn shown(State(state): State<AppState>, request: Request) -> Response {
    let client = request.extensions().get::<Client>();
    let allowed = client.is_some_and(|client| {
        client.is_this_machine() || state.edge.metrics_from.contains(client.address)
    });
    if !allowed {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut out = String::new();
    let metrics = &state.metrics;
    metrics.requests(&mut out);
    metrics.durations(&mut out);
    one(
        &mut out,
        ("huiyin_connections", "gauge", "Open connections."),
        metrics.connections.load(Ordering::Relaxed) as u64,
    );
    let commits = state.data.store.commit_figures();
    one(
        &mut out,
        (
            "huiyin_commits_total",
            "counter",
            "Commits, one fsync each.",
        ),
        commits.commits,
    );
    one(
        &mut out,
        (
            "huiyin_commit_jobs_total",
            "counter",
            "Writes that shared them.",
        ),
        commits.jobs,
    );
    one(
        &mut out,
        ("huiyin_upkeep_total", "counter", "Rounds of upkeep."),
        metrics.upkeep.load(Ordering::Relaxed),
    );
    one(
        &mut out,
        (
            "huiyin_upkeep_failed_total",
            "counter",
            "Rounds of upkeep that failed.",
        ),
        metrics.upkeep_failed.load(Ordering::Relaxed),
    );
    if let Ok(waiting) = state.data.store.waiting_jobs().await {
        one(
            &mut out,
            (
                "huiyin_jobs_waiting",
                "gauge",
                "Jobs that are not done yet.",
            ),
            waiting,
        );
    }
    let kind = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    (kind, out).into_response()
}

fn one(out: &mut String, (name, kind, help): (&str, &str, &str), value: u64) {
    head(out, name, kind, help);
    line(out, &format!("{name} {value}"));
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    line(out, &format!("# HELP {name} {help}"));
    line(out, &format!("# TYPE {name} {kind}"));
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a string takes any text");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up_and_the_last_holds_all() {
        let metrics = Metrics::default();
        let took = |micros| {
            metrics.answered(
                RouteClass::Page,
                StatusCode::OK,
                Duration::from_micros(micros),
            )
        };
        took(500);
        took(4_000);
        took(60_000_000);
        let mut out = String::new();
        metrics.durations(&mut out);
        assert!(
            out.contains("_bucket{class=\"page\",le=\"0.001\"} 1\n"),
            "{out}"
        );
        assert!(
            out.contains("_bucket{class=\"page\",le=\"30\"} 2\n"),
            "{out}"
        );
        assert!(
            out.contains("_bucket{class=\"page\",le=\"+Inf\"} 3\n"),
            "{out}"
        );
        assert!(out.contains("_sum{class=\"page\"} 60.004500\n"), "{out}");
    }

    #[test]
    fn an_address_is_counted_by_what_it_is_for() {
        let get = |route| RouteClass::of(&Method::GET, route);
        assert_eq!(get("/{county}/mine"), RouteClass::Page);
        assert_eq!(
            RouteClass::of(&Method::POST, "/{county}/follow"),
            RouteClass::Form
        );
        assert_eq!(get("/api/v1/{county}/home"), RouteClass::Api);
        assert_eq!(get("/favicon.svg"), RouteClass::Asset);
        assert_eq!(get("/readyz"), RouteClass::Watch);
    }
}
