use crate::i18n::{Language, texts};

texts! {
    ReceiptTexts {
        title: "登记成功", "You are registered";
        received_title: "已收到", "Received";
        serial: "登记号", "Your number";
        status: "状态", "Status";
        confirmed: "已确认", "Confirmed";
        waitlisted_what: "有人取消时按顺序递补，我们会按您选的方式告诉您。没有轮到，就按普通事项办理，不会没有下文。",
            "If someone cancels, the next in line gets the place and we tell you the way you chose. If it does not come to you, your matter is handled as an ordinary one; it will not be left unanswered.";
        visit: "接访", "Visit";
        room: "接待室", "Room";
        time: "时间", "Time";
        place: "地点", "Place";
        bring: "请带上", "Please bring";
        code: "查询码", "Query code";
        code_what: "凭查询码和四位数字查进展、看答复。一码管到底，请保存好。", "With this code and your four digits you follow the matter and read the answer. It stays valid for good; keep it safe.";
        long_code: "保密查询码", "Confidential code";
        long_code_what: "这件事保密办理，只能用这个长码或私人二维码查询。", "This matter is confidential: it can be read only with this long code or the private QR code.";
        code_lost: "丢了怎么办：带身份证到窗口补办，或由我们按登记的号码回电。", "If you lose it: come to the desk with your ID card, or we call back on the number you gave.";
        gate_qr: "进场二维码", "QR code for the gate";
        gate_qr_what: "只含号码，进场时出示。", "Holds only the number; show it at the gate.";
        private_qr: "私人二维码", "Private QR code";
        private_qr_what: "请勿转发。扫码可直接查看您的事项。", "Do not pass on. It opens your matter.";
        print: "打印回执", "Print the slip";
        save_picture: "存成图片", "Save as a picture";
        picture_saved: "图片已存好，可在相册或下载里找到", "The picture is saved; look in your gallery or downloads";
        picture_hold: "长按下面的图片，存到相册", "Hold the picture below down, and keep it";
        picture_name: "回音回执", "huiyin-slip";
        cancelled_what: "名额已让出。这件事没有作废，按普通事项办理；不想办了可以另外撤回。", "Your place was given up. The matter is not lost: it is handled as an ordinary one, unless you withdraw it.";
        arrived: "已到场，请听叫号", "You have arrived; please listen for your number";
        received_on_the_day: "已接待", "You were received";
        became_case: "转为普通事项办理", "Handled as an ordinary matter";
        who: "登记人", "Registered for";
        contacts: "有关单位在接访前联系过您", "Contacts with you before the visit";
        matters: "由这次登记产生的事项", "Matters from this registration";
        unread: "有新的答复", "A new answer";
        case_number: "事项编号", "Matter number";
        follow: "查看我的事项", "See my matter";
        cancel_hint: "来不了可以随时取消，名额让给别人。", "If you cannot come, cancel at any time so that someone else can.";
        next: "接下来", "What happens next";
        next_visit: "按时到场，听到叫号进接待室。叫号和登记号不是一个号，先后以现场为准。", "Come on time and go to the room when called. The queue number is not this number, and the order is decided there.";
        next_ordinary: "我们先看一遍，分给负责的单位，并告诉您谁在几号前答复。", "We read it first, give it to the office in charge, and tell you who answers by which date.";
    }
}

/// "3号接待室 12号" · "Room 3, number 12".
pub fn room_and_number(language: Language, room: u32, number: u32) -> String {
    match language {
        Language::Chinese => format!("{room}号接待室 {number}号"),
        Language::English => format!("Room {room}, number {number}"),
    }
}

/// "请在 9:45 前后到" · "Please come at about 09:45".
pub fn come_at(language: Language, time: &str) -> String {
    match language {
        Language::Chinese => format!("请在 {time} 前后到"),
        Language::English => format!("Please come at about {time}"),
    }
}
