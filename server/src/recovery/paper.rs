//! What is printed: the whole sheet, or one of three shares. Pages of their own, without scripts.

use store::{
    MasterKey,
    recovery::{Share, SheetLanguage, words},
};

use super::key_name;
use app::qr;

/// The sheet as a page to print: 24 characters, the same as 24 English words, and as a QR code.
pub fn sheet(key: &MasterKey, county_name: &str) -> String {
    let page = Page {
        title: "恢复单 · Recovery sheet".to_owned(),
        name: key_name(key),
        county_name,
        what: "这 24 个字就是主密钥。没有它，备份谁也打不开；有了它和备份，就能读到全部内容。\
               打印两份，分开锁好，不要拍照，不要和备份放在一起。",
        what_en: "These 24 characters are the master key. Without them no backup can be read; with them \
                  and a backup, everything can. Print two, lock them away apart, take no photograph.",
        chinese: words(key, SheetLanguage::Chinese),
        english: words(key, SheetLanguage::English),
    };
    page.written()
}

/// One of three shares, in the same form.
pub fn share(share: &Share, key: &MasterKey, county_name: &str) -> String {
    let number = share.number();
    let page = Page {
        title: format!("恢复单 第 {number} 份（共 3 份） · Recovery sheet, share {number} of 3"),
        name: format!("{}　套号 Set {}", key_name(key), share.set()),
        county_name,
        what: "套号相同的三份里，任何两份合起来就是主密钥；单独一份什么也打不开。\
               三份交给三个人，分开锁好，不要拍照，任何两份都不要放在一起，也不要和备份放在一起。",
        what_en: "Any two of the three shares with the same set are the master key; one alone opens \
                  nothing. Give them to three people, lock them away apart, take no photograph.",
        chinese: share.words(SheetLanguage::Chinese),
        english: share.words(SheetLanguage::English),
    };
    page.written()
}

struct Page<'a> {
    title: String,
    /// Which key, and which set.
    name: String,
    county_name: &'a str,
    what: &'static str,
    what_en: &'static str,
    chinese: Vec<&'static str>,
    english: Vec<&'static str>,
}

impl Page<'_> {
    fn written(&self) -> String {
        let rows: String = self.chinese.chunks(6).map(row).collect();
        let english = self.english.join(" ");
        let code = qr::drawn(&english).map_or_else(String::new, |(path, size)| {
            format!(
                "<svg viewBox=\"0 0 {size} {size}\" width=\"45mm\" role=\"img\" aria-label=\"QR\">\
                 <path d=\"{path}\"/></svg>"
            )
        });
        let county = escaped(self.county_name);
        let Self {
            title,
            name,
            what,
            what_en,
            ..
        } = self;
        format!(
            "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>{title} {name}</title>\
             <style>body{{font:14pt/1.6 serif;margin:20mm}}td{{border:1px solid;padding:4mm 6mm;\
             font-size:24pt}}code{{font-size:11pt}}</style>\
             <h1>{title}</h1><p>{county}　{name}</p><p>{what}</p><p lang=\"en\">{what_en}</p>\
             <table>{rows}</table><p><code>{english}</code></p>{code}\
             <p>恢复 Restore: <code>huiyin restore</code>　核对 Confirm: <code>huiyin keys confirm</code></p></html>\n"
        )
    }
}

fn row(words: &[&str]) -> String {
    let cells: String = words
        .iter()
        .map(|word| format!("<td>{word}</td>"))
        .collect();
    format!("<tr>{cells}</tr>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use store::recovery::shares;

    use super::*;

    #[test]
    fn a_sheet_holds_its_key_three_times_over() {
        let key = MasterKey::from_bytes([7; 32]);
        let page = sheet(&key, "某县<");
        for word in words(&key, SheetLanguage::Chinese) {
            assert!(page.contains(&format!("<td>{word}</td>")));
        }
        assert!(page.contains(&words(&key, SheetLanguage::English).join(" ")));
        assert!(page.contains("<svg"));
        assert!(page.contains("某县&lt;"));
        assert_ne!(key_name(&key), key_name(&MasterKey::from_bytes([8; 32])));
    }

    #[test]
    fn a_share_says_which_of_which_set_it_is_and_holds_no_key() {
        let key = MasterKey::from_bytes([7; 32]);
        let whole = words(&key, SheetLanguage::English).join(" ");
        for one in shares(&key).unwrap() {
            let page = share(&one, &key, "某县");
            assert!(page.contains(&format!("第 {} 份（共 3 份）", one.number())));
            assert!(page.contains(&one.set().to_string()) && page.contains(&key_name(&key)));
            assert!(page.contains(&one.words(SheetLanguage::English).join(" ")));
            assert!(page.contains("<svg") && !page.contains(&whole));
        }
    }
}
