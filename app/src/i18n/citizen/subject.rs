use domain::filing::{AccessNeed, Subject};

use crate::i18n::{Language, texts};

texts! {
    /// The subjects of the picture list, in the order of the list.
    SubjectTexts {
        land: "土地、征收", "Land and expropriation";
        housing: "房屋、宅基地、物业", "Housing";
        roads: "道路、交通", "Roads and transport";
        water: "水利、饮水、供电", "Water and power";
        environment: "环境、噪音、污染", "Environment and noise";
        work: "工资、劳动", "Wages and work";
        health: "看病、医保", "Health and insurance";
        school: "上学、教育", "Schools";
        pension: "养老、低保、残疾、救助", "Pensions and support";
        neighbours: "邻里纠纷", "Disputes with neighbours";
        village_affairs: "村务、集体账目", "Village affairs and accounts";
        other: "其他", "Something else";
    }
}

/// A subject in words.
pub const fn subject(language: Language, subject: Subject) -> &'static str {
    let texts = SubjectTexts::of(language);
    match subject {
        Subject::Land => texts.land,
        Subject::Housing => texts.housing,
        Subject::Roads => texts.roads,
        Subject::Water => texts.water,
        Subject::Environment => texts.environment,
        Subject::Work => texts.work,
        Subject::Health => texts.health,
        Subject::School => texts.school,
        Subject::Pension => texts.pension,
        Subject::Neighbours => texts.neighbours,
        Subject::VillageAffairs => texts.village_affairs,
        Subject::Other => texts.other,
    }
}

texts! {
    /// What a person may need to be received well.
    NeedTexts {
        title: "来的时候需要帮忙吗？", "Do you need help when you come?";
        hint: "可以不选。选了我们提前准备，不收费。", "You can leave this open. What you tick is made ready, free of charge.";
        short: "需要准备", "To make ready";
        wheelchair: "坐轮椅或走不了台阶", "Wheelchair, or no steps";
        sign_language: "要手语翻译", "Sign language";
        dialect: "要会说本地话的人", "Somebody who speaks the dialect";
        large_print: "材料要大字", "Papers in large print";
    }
}

/// A need in words.
pub const fn need(language: Language, need: AccessNeed) -> &'static str {
    let texts = NeedTexts::of(language);
    match need {
        AccessNeed::Wheelchair => texts.wheelchair,
        AccessNeed::SignLanguage => texts.sign_language,
        AccessNeed::Dialect => texts.dialect,
        AccessNeed::LargePrint => texts.large_print,
    }
}
