use domain::filing::Subject;

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
