use crate::i18n::{Language, texts};

texts! {
    FollowTexts {
        title: "查我的事", "Follow my matter";
        code: "查询码", "Query code";
        code_hint: "回执上的 10 位数字，有空格也可以", "The 10 digits on your slip; spaces are fine";
        second_factor: "四位数字", "Four digits";
        second_factor_hint: "登记时您自己选的；没选就是手机号后四位", "The ones you chose; otherwise the last four digits of your phone";
        whole_phone: "完整的电话号码", "Your full telephone number";
        open: "查看", "Show my matter";
        check_digit: "有一位数字不对，请对照回执再看一遍。这次不算次数。", "One digit is wrong. Please compare with your slip; this does not count as a try.";
        empty: "请填回执上的查询码", "Enter the code on your slip";
        length: "查询码是 10 位数字（保密事项是 26 个字符），请对照回执再看一遍。这次不算次数。", "A query code has 10 digits (26 characters for a confidential matter). Please compare with your slip; this does not count as a try.";
        private_qr: "私人二维码", "Your private QR code";
        wrong: "查询码和数字对不上。请对照回执再看一遍。", "The code and the digits do not match. Please compare with your slip.";
        slow: "试的次数多了，请过 15 分钟再试，或同时填写登记时的完整电话号码。", "There were many tries. Wait 15 minutes, or also give the full telephone number you registered with.";
        later: "系统现在忙，没有查成，不算次数。请过一会儿再试，或打电话。", "The system is busy and did not look; this does not count as a try. Try again in a while, or call.";
        other_ways: "扫私人二维码、到窗口、打电话都可以查，不受影响。", "The private QR code, the desk and the telephone always work.";
        session: "打开后 30 分钟内有效，用完请退出。", "Stays open for 30 minutes. Leave when you are done.";
        leave: "退出", "Leave";
        left: "已退出。这台设备上没有留下内容。", "You have left. Nothing is kept on this device.";
        lost: "查询码丢了", "I lost my code";
        lost_what: "带身份证到窗口补办，或打电话，我们按登记的号码回电。旧码随即作废，两个码的记录您都看得到。",
            "Come to the desk with your ID card, or call and we ring back on the number you gave. The old code ends, and you can see both in the record.";
        private_needs_script: "正在打开。如果没有自动打开，是浏览器关了脚本：请在下面填查询码，效果一样。", "Opening. If nothing happens, scripts are off in the browser: enter the code below instead; it does the same.";
    }
}

/// "14:35 自动关上" · "Closes by itself at 14:35".
pub fn open_until(language: Language, time: &str) -> String {
    match language {
        Language::Chinese => format!("用完请退出。不退出的话，{time} 会自动关上。"),
        Language::English => {
            format!("Leave when you are done; otherwise it closes by itself at {time}.")
        }
    }
}
