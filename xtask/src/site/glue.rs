//! The one change to wasm-bindgen's glue: HTML goes through the `huiyin` policy.
//!
//! The content policy demands trusted types. tachys clones static parts of a view out of a
//! `<template>` whose `innerHTML` it sets from the wasm, and a plain string throws there. That HTML
//! is ours, compiled into the wasm, so the policy lets it pass; everything else still throws.

use std::{fs, path::Path};

use anyhow::{Result, bail};

const PLAIN: &str = ".innerHTML = getStringFromWasm0(";
const TRUSTED: &str = ".innerHTML = huiyin.createHTML(getStringFromWasm0(";

pub fn add_policy(glue: &Path) -> Result<()> {
    fs::write(glue, with_policy(&fs::read_to_string(glue)?)?)?;
    Ok(())
}

fn with_policy(glue: &str) -> Result<String> {
    let mut trusted = String::from("import { huiyin } from \"./policy.js\";\n");
    for line in glue.lines() {
        match line.split_once(PLAIN) {
            Some((before, arguments)) => {
                let Some(arguments) = arguments.strip_suffix(';') else {
                    bail!("wasm-bindgen prints innerHTML in a way this does not know: {line}");
                };
                trusted.push_str(&format!("{before}{TRUSTED}{arguments});"));
            }
            None if line.contains("innerHTML =") => {
                bail!("wasm-bindgen prints innerHTML in a way this does not know: {line}")
            }
            None => trusted.push_str(line),
        }
        trusted.push('\n');
    }
    Ok(trusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_from_the_wasm_goes_through_the_policy() {
        let glue = "f: function(arg0, arg1, arg2) {\n  arg0.innerHTML = getStringFromWasm0(arg1, arg2);\n}";
        let trusted = with_policy(glue).unwrap();
        assert!(
            trusted.contains("arg0.innerHTML = huiyin.createHTML(getStringFromWasm0(arg1, arg2));")
        );
    }

    #[test]
    fn an_unknown_form_stops_the_build() {
        assert!(with_policy("a.innerHTML = b;").is_err());
    }
}
