use crate::i18n::{Language, texts};

texts! {
    NoticeTexts {
        title: "接访公告", "Visit notice";
        changes: "公布后的变更", "Changes since publication";
        late: "本公告距接访不足三天，原因：", "Published less than three days ahead, because: ";
        cancelled: "这次接访已取消", "This visit is cancelled";
        cancelled_what: "已登记的事项没有作废，我们会逐一联系，转为普通事项办理或改到下一次。",
            "Registered matters are not lost: we contact each person and handle them as ordinary matters or move them to the next visit.";
        who: "谁来接访", "Who receives";
        portfolio: "分管", "In charge of";
        when: "时间", "Time";
        place: "地点", "Place";
        mode: "方式", "Kind of visit";
        open_mode: "预约和现场登记都可以", "By registration, walk-ins too";
        by_invitation: "约访", "By invitation";
        with_case: "带案下访", "With chosen matters";
        fixed_place: "定点接访", "At a fixed place";
        map: "在地图上看", "See on the map";
        amap: "高德地图", "Amap";
        baidu: "百度地图", "Baidu Maps";
        tencent: "腾讯地图", "Tencent Maps";
        scope: "可以谈什么", "What can be decided";
        exclusions: "这次谈不了什么", "What cannot be decided here";
        how: "怎么登记", "How to register";
        how_online: "网上登记", "Register online";
        how_phone: "打电话", "By telephone";
        how_desk: "到窗口或现场登记", "At the desk or on the day";
        bring: "请带上", "Please bring";
        rooms: "接待室安排", "Rooms by subject";
        room: "接待室", "Room";
        departments: "到场单位", "Departments present";
        registration_window: "报名时间", "Registration";
        representatives: "同一件事最多推选 5 名代表进场。", "For one shared matter at most 5 representatives come in.";
        free: "登记和接待全程免费。", "Registering and being received are free of charge.";
        calendar: "加到手机日历", "Add to calendar";
        share: "转给别人", "Share";
        copy_address: "这一页的网址", "The address of this page";
        address_copied: "网址已复制，可以粘贴给别人", "The address is copied; paste it to pass it on";
        poster: "打印海报", "Print the poster";
        poster_title: "村里张贴的海报", "Poster for the village";
        poster_paper: "A4、A3 纸都可以。黑白打印也清楚。", "For A4 or A3 paper, black and white.";
        poster_online: "扫码，或打开", "Scan, or open";
        poster_code: "报这次接访的号码", "and say the number of this visit";
        back_to_notice: "回到公告", "Back to the notice";
        free_word: "免费", "Free of charge";
        version: "第几版", "Version";
        join_waiting: "候补这一次", "Join the waiting list";
        poster_scan: "扫码看公告、报名", "Scan to read and register";
        register: "登记报名", "Register for this visit";
        register_ordinary: "不等接访，现在写给我们", "Write to us now instead";
        full: "名额已满", "All places are taken";
        full_what: "您可以：候补这一次；报下一次；现在按普通事项写给我们；或当天现场登记。",
            "You can join the waiting list, take the next visit, write to us now as an ordinary matter, or walk in on the day.";
        closed: "报名已截止", "Registration is closed";
        closed_what: "您可以现在按普通事项写给我们，查询方法一样；也可以当天现场登记。",
            "You can write to us now as an ordinary matter, with the same kind of code, or walk in on the day.";
        not_open: "报名还没开始", "Registration has not opened yet";
        reserve: "另留名额", "Places kept";
        reserve_what: "给代办员，和没有信号时发出的申请；前一天 18:00 还没用的，按候补顺序给出。",
            "For village agents, and requests sent where there was no signal; what is left at 18:00 the day before goes to those who wait, in order.";
        result: "当天结果", "Result of the day";
        batches: "接待（批次）", "Parties received";
        person_visits: "来访（人次）", "People in them";
        registered: "登记（批）", "Parties registered";
        issues: "提出问题（个）", "Issues raised";
        on_spot: "当场解决（个）", "Issues decided on the spot";
        cases: "转为事项（件）", "Matters";
        answered: "已答复（件）", "Matters answered";
        rooms_count: "接待室", "Rooms";
        departments_count: "到场单位", "Departments present";
        instead: "可以报的下一次接访", "The next visit you can take";
        issued_by: "发布单位", "Published by";
    }
}

/// "还有 12 个名额" · "12 places left".
pub fn places_left(language: Language, places: u32) -> String {
    match (language, places) {
        (Language::Chinese, 0) => "名额已满".to_owned(),
        (Language::Chinese, places) => format!("还有 {places} 个名额"),
        (Language::English, 0) => "No places left".to_owned(),
        (Language::English, 1) => "1 place left".to_owned(),
        (Language::English, places) => format!("{places} places left"),
    }
}

/// "11月16日 17:00 截止报名" · "Registration closes 16 November, 17:00".
pub fn closes_on(language: Language, day: &str, time: &str) -> String {
    match language {
        Language::Chinese => format!("{day} {time} 截止报名"),
        Language::English => format!("Registration closes {day}, {time}"),
    }
}

/// "3号接待室：土地、房屋" · "Room 3: land, housing".
pub fn rooms_for(language: Language, room: u32, subjects: &str) -> String {
    match language {
        Language::Chinese => format!("{room}号接待室：{subjects}"),
        Language::English => format!("Room {room}: {subjects}"),
    }
}
