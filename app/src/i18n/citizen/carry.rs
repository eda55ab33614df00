use crate::i18n::{Language, texts};

texts! {
    /// Giving what waits to another phone, and sending it there.
    CarryTexts {
        give: "交给别人代发", "Let another phone send it";
        give_what: "这里没有信号，身边有人要去有信号的地方，可以请他代发：他扫二维码，或收下您存的文件，他的手机一有信号就发给我们。内容已经封好，他看不到；只有我们打得开。",
            "No signal here, and somebody is going where there is one? They scan your codes or take your file, and their phone sends it once it can. It is sealed: they cannot read it, only we can.";
        give_photos: "文件里带着照片和录音；二维码只带文字，照片和录音留在这部手机上，有信号时再发。", "The file brings photos and recordings too. Codes bring the words only; photos and recordings stay here until there is a signal.";
        give_still: "交出去不等于已收到。这部手机有信号时也会再发，几部手机发来的只算一件。", "Handed over is not received. This phone sends it too once it has a signal; however many phones send it, it is one.";
        make: "做成二维码和文件", "Make codes and a file";
        making: "正在封好", "Sealing";
        share: "发送文件", "Share the file";
        save: "存成文件", "Save as a file";
        scan: "让对方用手机相机扫，一张一张来，先后不限。", "Let them scan each code with the camera of their phone, in any order.";
        next: "下一张", "Next code";
        before: "上一张", "Code before";
        as_link: "这一张的链接", "This code as a link";
        too_long: "这一件太长，做不成二维码，请用文件。", "This one is too long for codes; please use the file.";
        not_all: "有的要等这部手机自己发：它要用到不在本机的查询码，或者在本机打不开，或者一个文件装不下。", "Some must wait for this phone: they need a code that is not here, do not open here, or find no room in one file.";
        no_room_here: "手机空间不足，没有做成；等着发送的都还在。请腾出空间再试。", "The phone is full and nothing was made; everything that waits is still here. Make room and try again.";
        give_failed: "没有做成，等着发送的都还在。请再试一次。", "It did not work; everything that waits is still here. Please try again.";
        handed: "已交给别人代发，还没有收到回执", "Handed to another phone, no receipt yet";
        handed_already: "这一件已经交给别人代发，不能在这里删除。收到回执后可以撤回。", "This one was handed to another phone and cannot be deleted here. You can withdraw it once its receipt is here.";
        title: "代别人发送", "Send for someone else";
        what: "家里人、邻居的手机没有信号时，您可以替他发：打开他手机上的“本机上的内容”，选“交给别人代发”，用您的手机相机扫那里的二维码，或在这里选他存的文件。",
            "When the phone of family or a neighbour has no signal, you can send for them: on their phone open “On this phone”, choose “Let another phone send it”, and scan the codes with your camera, or choose their file here.";
        sealed: "内容是封好的，您看不到，也改不了。", "It is sealed: you can neither read nor change it.";
        without_scripts: "代发要用到脚本，请换一个浏览器打开本页。", "This needs scripts; please open this page in another browser.";
        choose: "选文件", "Choose a file";
        looking: "正在看这个文件", "Looking at the file";
        taken: "收下了。有信号时自动发出。", "Taken. It goes by itself when there is a signal.";
        known: "这一件已经在这部手机上，不用再收。", "This one is on this phone already.";
        part: "收下了这一张。请接着扫其余的。", "This code is taken. Please scan the others.";
        begun: "还没有收齐", "Not complete yet";
        give_up: "不收这一件了", "Give this one up";
        waits: "在这部手机上，等着发送", "On this phone, waiting to be sent";
        delivered: "已发出", "Sent";
        words_delivered: "文字已发出", "The words were sent";
        not_taken: "没有发成", "Not sent";
        not_taken_what: "系统读不了这一件，可能封好的时间太久了。请原来的手机自己发，或打电话给我们。", "The system cannot read this one; it may have been sealed too long ago. Let the first phone send it, or call us.";
        look_up: "按编号查", "Look it up";
        put_down: "不代发了", "Do not send it for them";
        put_down_what: "只从这部手机上拿走。原来的手机上还在，它自己会发，也可以再交给您。已经发出的收不回来。", "It is only taken off this phone. The first phone still has it, sends it itself, and can hand it to you again. What was sent cannot be called back.";
        put_down_yes: "确认不代发", "Take it off this phone";
        put_down_done: "拿走了，这部手机不再代发这一件。", "Taken off: this phone does not send it any more.";
        media_no_room: "文字收下了，手机空间不足，照片没有全收下；原来的手机上还在。腾出空间后可以再选一次这个文件。", "The words are taken. There was no room for all the photos; they are still on the first phone. Make room and choose the file again.";
        put_away: "清掉已经发完的", "Clear what is done";
        not_one: "这不是代发用的二维码或文件。请到对方手机的“交给别人代发”里重新扫，或重新选。", "This is no code or file to send for someone. On their phone, open “Let another phone send it” and scan or choose again.";
        changed: "这一件不完整或被改动过，没有收下；原来的手机上还在。请重新扫它的每一张，或重新选文件。", "This one is incomplete or was changed, and was not taken; it is still on the first phone. Scan each of its codes anew, or choose the file again.";
        other_county: "这一件是交给别的县的，这里发不了，没有收下。", "This one is for another county and cannot be sent here. It was not taken.";
        too_large: "文件太大，不是代发用的文件，没有收下。", "The file is too large to be one to send for someone. It was not taken.";
        no_room: "手机空间不足，没有收下；原来的手机上还在。请腾出空间再来一次。", "This phone is full and it was not taken; it is still on the first phone. Make room and try again.";
        no_storage: "这个浏览器不能在本机保存内容（可能是无痕模式），没有收下。请换一个浏览器打开。", "This browser keeps nothing on this phone (private mode, perhaps) and it was not taken. Please use another browser.";
    }
}

/// "第 1 张，共 3 张" · "Code 1 of 3".
pub fn code_of(language: Language, at: usize, all: usize) -> String {
    match language {
        Language::Chinese => format!("第 {at} 张，共 {all} 张"),
        Language::English => format!("Code {at} of {all}"),
    }
}

/// "还差第 2、3 张" · "Codes 2, 3 are missing".
pub fn still_missing(language: Language, missing: &[usize]) -> String {
    let numbers = |between: &str| {
        let numbers: Vec<String> = missing.iter().map(ToString::to_string).collect();
        numbers.join(between)
    };
    match (language, missing.len()) {
        (Language::Chinese, _) => format!("还差第 {} 张", numbers("、")),
        (Language::English, 1) => format!("Code {} is missing", numbers(", ")),
        (Language::English, _) => format!("Codes {} are missing", numbers(", ")),
    }
}

/// "编号 01J2-…" · "Number 01J2-…".
pub fn numbered(language: Language, number: &str) -> String {
    match language {
        Language::Chinese => format!("编号 {number}"),
        Language::English => format!("Number {number}"),
    }
}

/// What waits here and is carried for others, letters and photos.
pub fn carried_wait(language: Language, letters: usize, media: usize) -> String {
    match (language, letters, media) {
        (Language::Chinese, 0, _) => {
            format!("替别人代发的照片和录音还有 {media} 份，有信号时自动发出。")
        }
        (Language::Chinese, _, 0) => format!("替别人代发的还有 {letters} 件，有信号时自动发出。"),
        (Language::Chinese, ..) => {
            format!("替别人代发的还有 {letters} 件、照片和录音 {media} 份，有信号时自动发出。")
        }
        (Language::English, 0, _) => format!(
            "{media} photos or recordings carried for others wait, and go by themselves when there is a signal."
        ),
        (Language::English, _, 0) => format!(
            "{letters} carried for others wait, and go by themselves when there is a signal."
        ),
        (Language::English, ..) => format!(
            "{letters} carried for others and {media} photos or recordings wait, and go by themselves when there is a signal."
        ),
    }
}

/// Of one that is carried, what follows its words.
pub fn media_carried(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => format!("它的照片和录音还有 {count} 份没有发完，跟在文字后面发。"),
        Language::English => {
            format!("{count} of its photos or recordings follow its words and have not gone yet.")
        }
    }
}

/// How many photos and recordings are in the file, and how many stay.
pub fn media_given(language: Language, given: usize, left_out: usize) -> String {
    match (language, left_out) {
        (Language::Chinese, 0) => format!("文件里有照片和录音 {given} 份。"),
        (Language::Chinese, _) => format!(
            "文件里有照片和录音 {given} 份；另有 {left_out} 份放不下，留在这部手机上，有信号时再发。"
        ),
        (Language::English, 0) => format!("The file has {given} photos or recordings."),
        (Language::English, _) => format!(
            "The file has {given} photos or recordings; {left_out} found no room and stay here until there is a signal."
        ),
    }
}
