//! Small tables from a spreadsheet: UTF-8, commas, no quoting, one header line.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use domain::{
    actor::Role,
    division::DivisionCode,
    text::{Line, PersonName},
};
use store::{County, records::Division};

/// An official as a line names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    pub name: PersonName,
    pub title: Line,
    pub unit: Line,
    pub roles: Vec<Role>,
}

/// The county's own divisions: `code,name,level,parent`. Others in the file (its city, its
/// province) are left out.
///
/// # Errors
/// The first line that does not fit, by number.
pub fn divisions(text: &str, county: County) -> Result<Vec<Division>> {
    let rows = lines(text, "code,name,level,parent")?;
    let rows: Vec<(usize, Division)> = rows
        .into_iter()
        .filter(|(_, fields)| fields[0].starts_with(county.as_str()))
        .map(|(line, fields)| Ok((line, division(&fields).with_context(|| at(line))?)))
        .collect::<Result<_>>()?;
    let mut codes = BTreeSet::new();
    for (line, row) in &rows {
        if !codes.insert(row.code.clone()) {
            bail!("{}: {} is named a second time", at(*line), row.code);
        }
    }
    for (line, row) in &rows {
        let parent = row.parent.as_ref();
        let outside = parent.is_none_or(|parent| !parent.starts_with(county.as_str()));
        if !outside && !parent.is_some_and(|parent| codes.contains(parent)) {
            bail!(
                "{}: the parent of {} is not in the file",
                at(*line),
                row.code
            );
        }
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn division(fields: &[&str]) -> Result<Division> {
    let [code, name, level, parent] = fields[..] else {
        bail!("a division has code, name, level and parent");
    };
    let code = DivisionCode::parse(code)?;
    let level_of_code = match code.as_str().len() {
        6 => "county",
        9 => "township",
        _ => "village",
    };
    if level != level_of_code {
        bail!("{code} has the length of a {level_of_code}, not of a {level}");
    }
    let name = Line::parse(name).with_context(|| format!("the name of {code}"))?;
    Ok(Division {
        code: code.to_string(),
        name: name.to_string(),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        level: level.to_owned(),
    })
}

/// `name,title,unit,roles`, roles apart by spaces.
///
/// # Errors
/// As [`divisions`].
pub fn officials(text: &str) -> Result<Vec<Official>> {
    let rows = lines(text, "name,title,unit,roles")?;
    let rows: Vec<Official> = rows
        .into_iter()
        .map(|(line, fields)| official(&fields).with_context(|| at(line)))
        .collect::<Result<_>>()?;
    let mut names = BTreeSet::new();
    if let Some(twice) = rows.iter().find(|row| !names.insert(row.name.as_str())) {
        bail!(
            "{} is named twice: people sign in by name, so tell them apart in it",
            twice.name.as_str()
        );
    }
    Ok(rows)
}

fn official(fields: &[&str]) -> Result<Official> {
    let [name, title, unit, roles] = fields[..] else {
        bail!("an official has name, title, unit and roles");
    };
    let roles: Vec<Role> = roles.split_whitespace().map(role).collect::<Result<_>>()?;
    if roles.is_empty() {
        bail!("{name} has no role");
    }
    Ok(Official {
        name: PersonName::parse(name).context("the name")?,
        title: Line::parse(title).context("the title")?,
        unit: Line::parse(unit).context("the unit")?,
        roles,
    })
}

/// A role by its wire name.
///
/// # Errors
/// There is none of that name; the error lists those there are.
pub fn role(name: &str) -> Result<Role> {
    serde_json::from_value(name.into()).with_context(|| format!("the role {name:?}"))
}

/// The lines after the header with their fields. Spreadsheets add a byte-order mark, CRLF and
/// empty lines.
fn lines<'t>(text: &'t str, header: &str) -> Result<Vec<(usize, Vec<&'t str>)>> {
    let width = header.split(',').count();
    let mut lines = (1..).zip(text.trim_start_matches('\u{feff}').lines().map(str::trim));
    let found = lines.next().map_or("", |(_, line)| line);
    if found != header {
        bail!("line 1: the header must be `{header}`, found `{found}`");
    }
    lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line)| {
            let fields: Vec<&str> = line.split(',').map(str::trim).collect();
            if fields.len() != width {
                bail!(
                    "{}: {width} fields belong here, found {}",
                    at(number),
                    fields.len()
                );
            }
            Ok((number, fields))
        })
        .collect()
}

fn at(line: usize) -> String {
    format!("line {line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn county() -> County {
        County::parse("110101").unwrap()
    }

    #[test]
    fn divisions_outside_the_county_are_left_out() {
        let text = "\u{feff}code,name,level,parent\r\n11,某省,province,\r\n110101,某县,county,1101\r\n\
                    110101001,某镇,township,110101\r\n110101001001,某村,village,110101001\r\n\r\n";
        let rows = divisions(text, county()).unwrap();
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes, ["110101", "110101001", "110101001001"]);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let refused = |rest: &str| {
            let text = format!("code,name,level,parent\n110101,某县,county,\n{rest}\n");
            format!("{:#}", divisions(&text, county()).unwrap_err())
        };
        assert!(refused("110101001,某镇,village,110101").starts_with("line 3"));
        assert!(refused("110101001,某镇,township").starts_with("line 3: 4 fields"));
        assert!(refused("110101001,某镇,township,110101002").contains("parent"));
        assert!(refused("110101,某县,county,").contains("second time"));
        assert!(divisions("code;name", county()).is_err());
    }

    #[test]
    fn officials_have_roles_that_exist_and_names_of_their_own() {
        let read = |rest: &str| officials(&format!("name,title,unit,roles\n{rest}\n"));
        let rows = read("张三,科长,信访局,publisher petition_officer").unwrap();
        assert_eq!(rows[0].roles, [Role::Publisher, Role::PetitionOfficer]);
        assert!(read("张三,科长,信访局,king").is_err());
        assert!(read("张三,科长,信访局,").is_err());
        assert!(read("张三,科长,信访局,auditor\n张三,科员,信访局,auditor").is_err());
    }
}
