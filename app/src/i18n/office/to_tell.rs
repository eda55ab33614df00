use crate::i18n::{Language, texts};

texts! {
    ToTellTexts {
        title: "待告知", "To tell";
        what: "每次变更、取消和答复都要告诉本人，直到告知为止。", "Every change, cancellation and answer is told to the person, until it is done.";
        person: "告知谁", "Person";
        way: "方式", "Way";
        words: "告知内容", "Words to say";
        call: "打电话", "Call";
        text: "发短信", "Text";
        through: "请人转告", "Through someone";
        by_visit: "上门", "Visit";
        told: "已告知", "Told";
        not_reached: "没联系上", "Not reached";
        asked_not: "本人要求不联系", "Asked not to be contacted";
        record: "记录结果", "Record the result";
        hours: "方便的时间", "Hours that suit";
        none: "都告知了", "Everyone has been told";
        none_what: "有新的变更或答复时会列在这里。", "New changes and answers are listed here.";
    }
}

/// "已试 2 次，共 3 次" · "2 of 3 tries".
pub fn tries_made(language: Language, made: u32) -> String {
    match language {
        Language::Chinese => format!("已试 {made} 次，共 3 次"),
        Language::English => format!("{made} of 3 tries"),
    }
}
