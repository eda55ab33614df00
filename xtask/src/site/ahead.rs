//! What an installed app starts with is compiled while its main wasm is: `boot.js` is told its files, and the
//! loader of the chunks takes what was compiled already.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail, ensure};

use super::{wasm::SPLIT_LOADER, worker::name_of};

/// The module of the screen an installed app opens with.
const FIRST: &str = "public";
const PLACE: &str = "const AHEAD = [];";

/// Writes the files into `boot.js` and the way to them into the loader.
pub fn write(pkg: &Path) -> Result<()> {
    let chunks = fs::read_to_string(pkg.join("chunks.json"))?;
    let chunks: BTreeMap<String, Vec<String>> = serde_json::from_str(&chunks)?;
    let (_, files) = chunks
        .iter()
        .find(|(module, _)| name_of(module) == FIRST)
        .with_context(|| format!("no chunk is named after {FIRST}"))?;
    let files: Vec<String> = files.iter().map(|file| format!("{file}.wasm")).collect();
    let boot = pkg.join("boot.js");
    let script = fs::read_to_string(&boot)?;
    ensure!(script.contains(PLACE), "boot.js has no place for its files");
    let files = serde_json::to_string(&files)?;
    fs::write(
        boot,
        script.replace(PLACE, &format!("const AHEAD = {files};")),
    )?;
    let loader = pkg.join(SPLIT_LOADER);
    let script = fs::read_to_string(&loader)?;
    fs::write(loader, taking_what_is_there(&script)?)?;
    Ok(())
}

const FETCH: &str = r#"fetch(new URL("./"#;
const FETCH_END: &str = r#"", import.meta.url));"#;
const INSTANTIATE: &str = "WebAssembly.instantiateStreaming(src, imports)";
const COMPILED: &str = r#"
// Taken once: after a failure the file is fetched anew.
function compiled(file) {
    const ahead = globalThis.huiyinAhead?.get(file);
    globalThis.huiyinAhead?.delete(file);
    return ahead ?? WebAssembly.compileStreaming(fetch(new URL(`./${file}`, import.meta.url)));
}
"#;

fn taking_what_is_there(loader: &str) -> Result<String> {
    let mut script = String::new();
    let (mut fetched, mut made) = (0, 0);
    for line in loader.lines() {
        if let Some((before, rest)) = line.split_once(FETCH) {
            let Some(file) = rest.strip_suffix(FETCH_END) else {
                bail!("the splitter prints its fetches in a way this does not know: {line}");
            };
            fetched += 1;
            script.push_str(&format!("{before}compiled(\"{file}\");\n"));
            continue;
        }
        let instantiated = line.replace(
            INSTANTIATE,
            "src.then((module) => WebAssembly.instantiate(module, imports))",
        );
        made += usize::from(instantiated != line);
        script.push_str(&instantiated);
        script.push('\n');
    }
    ensure!(
        fetched > 0 && fetched == made,
        "the splitter's loader is not as it was: {fetched} fetches, {made} instances"
    );
    script.push_str(COMPILED);
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = r#"const __chunk_5 = makeLoad(() => {
    const src = fetch(new URL("./chunk_5.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
"#;

    #[test]
    fn a_chunk_that_was_compiled_is_taken() {
        let script = taking_what_is_there(LOADER).unwrap();
        assert!(script.contains(r#"const src = compiled("chunk_5.wasm");"#));
        assert!(
            script.contains("(src.then((module) => WebAssembly.instantiate(module, imports)));")
        );
    }

    #[test]
    fn another_loader_stops_the_build() {
        assert!(taking_what_is_there("export const nothing = 1;").is_err());
        assert!(taking_what_is_there(&LOADER.replace("instantiateStreaming", "make")).is_err());
        assert!(taking_what_is_there(&LOADER.replace("import.meta.url", "base")).is_err());
    }
}
