//! A visit as an iCalendar file (RFC 5545).

use chrono::{DateTime, Utc};
use sync::view::NoticePage;

/// Octets of a content line before it is folded (section 3.1).
const LINE_OCTETS: usize = 75;

/// The file. `address` is the notice's whole address. Times are in UTC: no zone has to be told.
pub fn of(page: &NoticePage, address: &str) -> String {
    let notice = &page.notice;
    let leaders = notice.leaders.iter();
    let leaders: Vec<String> = leaders
        .map(|leader| format!("{} {}", leader.title, leader.name))
        .collect();
    let bring: Vec<String> = notice.bring.iter().map(ToString::to_string).collect();
    let mut about = vec![leaders.join("、")];
    if !bring.is_empty() {
        about.push(format!("请带上：{}", bring.join("；")));
    }
    about.push(format!("电话：{}", notice.phone.as_str()));
    about.push("登记和接待全程免费。".to_owned());
    let status = match page.cancelled {
        Some(_) => "CANCELLED",
        None => "CONFIRMED",
    };
    let method = match page.cancelled {
        Some(_) => "CANCEL",
        None => "PUBLISH",
    };
    let sequence = page.version.saturating_sub(1) + u32::from(page.cancelled.is_some());
    let place = format!("{} {}", notice.venue.name, notice.venue.address);
    let position = notice.venue.point.map(|point| {
        format!(
            "{:.6};{:.6}",
            f64::from(point.latitude_e6) / 1e6,
            f64::from(point.longitude_e6) / 1e6
        )
    });
    let mut file = String::new();
    let mut line = |name: &str, value: &str| fold(&mut file, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Huiyin//Visit notices//ZH");
    line("METHOD", method);
    line("BEGIN", "VEVENT");
    line("UID", &format!("{}@huiyin", page.visit));
    line("DTSTAMP", &utc(page.published_at));
    line("SEQUENCE", &sequence.to_string());
    line("DTSTART", &utc(notice.begins()));
    line("DTEND", &utc(notice.ends()));
    line("STATUS", status);
    line("SUMMARY", &text(&notice.title.to_string()));
    line("LOCATION", &text(&place));
    if let Some(position) = position {
        line("GEO", &position);
    }
    line("DESCRIPTION", &text(&about.join("\n")));
    line("URL", address);
    if page.cancelled.is_none() {
        line("BEGIN", "VALARM");
        line("ACTION", "DISPLAY");
        line("DESCRIPTION", &text(&notice.title.to_string()));
        line("TRIGGER", "-P1D");
        line("END", "VALARM");
    }
    line("END", "VEVENT");
    line("END", "VCALENDAR");
    file
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// Section 3.3.11: what would end or split a value is escaped.
fn text(raw: &str) -> String {
    raw.chars().fold(String::new(), |mut escaped, c| {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
        escaped
    })
}

/// Section 3.1: long lines go on after a line break and a space; no character is cut.
fn fold(file: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE_OCTETS {
            file.push_str("\r\n ");
            used = 1;
        }
        file.push(c);
        used += c.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_split_a_value_is_escaped() {
        assert_eq!(text("一,二;三\\四\n五"), "一\\,二\\;三\\\\四\\n五");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut file = String::new();
        let line = format!("SUMMARY:{}", "路".repeat(60));
        fold(&mut file, &line);
        assert!(file.split("\r\n").all(|part| part.len() <= LINE_OCTETS));
        assert_eq!(file.replace("\r\n ", "").trim_end(), line);
    }
}
