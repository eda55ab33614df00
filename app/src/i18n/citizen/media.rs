use crate::i18n::{Language, texts};

texts! {
    MediaTexts {
        title: "照片和录音（可以没有）", "Photos and a recording (not needed)";
        hint: "可以拍信件、单据、现场，最多 9 张；也可以录一段话，最长 3 分钟。照片先在手机上变小，拍摄地点等信息会去掉。文字先发，照片和录音随后发：有信号时打开本网站，就会接着发。",
            "Letters, papers or the place, nine at most; or say it, three minutes at most. Photos are made small on the phone, and where they were taken is removed. The words go first; photos and the recording follow while this site is open and there is a signal.";
        take: "拍照或选照片", "Take or choose photos";
        record: "开始录音", "Record";
        stop: "停止录音", "Stop recording";
        recording: "正在录音", "Recording";
        preparing: "正在处理，请稍等", "Preparing, please wait";
        remove: "删除", "Remove";
        missing: "这个浏览器不能保存照片和录音。可以到时带上，或者换一个浏览器。", "This browser cannot keep photos and recordings. Bring them along, or use another browser.";
        not_an_image: "不是照片，不能用", "is not a photo";
        heic: "是 HEIC 照片，这个浏览器打不开。请在相机设置里选“兼容性最佳”（JPEG）再拍一张，或者截屏后再选", "is a HEIC photo, which this browser cannot open. Choose “most compatible” (JPEG) in the camera's settings and take it again, or take a screenshot of it";
        damaged: "打不开，文件可能损坏", "cannot be opened; the file may be damaged";
        too_large: "太大，这个浏览器处理不了。请用普通模式再拍一张", "is too large for this browser. Take it again in the normal mode";
        no_recording: "不是录音，不能用", "is not a recording";
        too_long: "超过 3 分钟", "is longer than three minutes";
        no_room: "没有保存：本机空间不够。文字不受影响", "was not kept: this phone is full. The words are safe";
        too_many: "没有收下：最多 9 张", "was left out: nine at most";
        no_microphone: "没有录到声音，请检查麦克风", "Nothing was recorded. Please check the microphone";
        not_allowed: "没有得到使用麦克风的许可。请在浏览器的网站设置里允许", "The microphone was not allowed. Allow it in the browser's settings for this site";
        cannot_record: "这个浏览器不能录音。可以写下来，或打电话给我们", "This browser cannot record. Write it down, or call us";
        sent: "照片和录音", "Photos and recordings";
        voice: "录音", "Recording";
        photo: "照片", "Photo";
        received: "已收到", "Received";
        on_the_phone: "还在手机上，没有发完", "Still on the phone";
        arriving: "正在发送", "On its way";
        checking: "已收到，正在检查", "Received, being checked";
        refused: "没有收下", "Not taken";
        not_now: "现在看不到：要有信号，并用查询码打开这件事。", "It cannot be seen now: that takes a signal, and the matter opened with its code.";
        refused_what: "请把它带来，或者打电话给我们。", "Please bring it along, or call us.";
        stays_here: "这台手机上有没有发完的照片或录音，删除后不会再发。", "Photos or a recording on this phone have not been sent yet; deleted, they will not be.";
        follow: "文字先发，照片和录音随后发。", "The words go first; photos and the recording follow.";
    }
}

/// "3 张照片，1 段录音" · "3 photos, 1 recording"; empty for none.
pub fn taken(language: Language, photos: usize, recordings: usize) -> String {
    let photos = (photos > 0).then(|| match language {
        Language::Chinese => format!("{photos} 张照片"),
        Language::English if photos == 1 => "1 photo".to_owned(),
        Language::English => format!("{photos} photos"),
    });
    let recordings = (recordings > 0).then(|| match language {
        Language::Chinese => format!("{recordings} 段录音"),
        Language::English => format!("{recordings} recording"),
    });
    let parts: Vec<String> = photos.into_iter().chain(recordings).collect();
    parts.join(match language {
        Language::Chinese => "，",
        Language::English => ", ",
    })
}

/// "另有照片和录音 3 份。" · "3 photos and recordings go with it."
pub fn with_it(language: Language, all: usize) -> String {
    match language {
        Language::Chinese => format!("另有照片和录音 {all} 份。"),
        Language::English => format!("{all} photos and recordings go with it."),
    }
}

/// "照片和录音共 3 份，还有 2 份在本机" · "2 of 3 photos and recordings are still on this phone".
pub fn still_here(language: Language, here: usize, all: usize) -> String {
    match language {
        Language::Chinese => {
            format!("照片和录音共 {all} 份，还有 {here} 份在本机，有信号时打开本网站，就会接着发。")
        }
        Language::English => {
            format!(
                "{here} of {all} photos and recordings are still on this phone; they follow while this site is open and there is a signal."
            )
        }
    }
}

/// "其中 1 份放不下封好的一份" · "1 of them has no sealed copy".
pub fn no_sealed_copy(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => {
            format!("其中 {count} 份，手机放不下封好的一份：锁上以后，要打开空间才发。")
        }
        Language::English => format!(
            "There was no room for a sealed copy of {count} of them: once locked, they go only when the space is opened."
        ),
    }
}
