use crate::i18n::{Language, texts};

texts! {
    NoticesTexts {
        title: "接访公告", "Visit notices";
        coming: "将要接访", "Coming visits";
        past: "已经结束", "Past visits";
        by_township: "按乡镇街道", "By township";
        whole_county: "全县", "The whole county";
        choose: "查看", "Show";
        none: "这里还没有公告", "No notices here yet";
        none_what: "公布接访后，时间、地点和接访领导会列在这里。现在也可以直接写给我们。",
            "When a visit is announced, its time, place and leaders are listed here. You can also write to us now.";
        see_result: "看当天结果", "See the day's result";
        result: "当天结果", "Result of the day";
        registered: "登记", "Registered";
        received: "接待", "Received";
        people: "到场", "People who came";
        settled: "当场解决", "Settled on the day";
        rooms: "接待室", "Rooms";
        departments: "到场单位", "Departments present";
        open: "正在报名", "Open for registration";
        opens: "即将报名", "Opens soon";
        closed: "报名已截止", "Registration closed";
        full: "已满，可候补", "Full, waiting list open";
        today: "正在接访", "Going on now";
        over: "已结束", "Over";
        cancelled: "已取消", "Cancelled";
    }
}

/// One line of figures for a past visit.
pub fn visit_figures(language: Language, batches: u32, people: u32, settled: u32) -> String {
    match language {
        Language::Chinese => format!("接待 {batches} 批 {people} 人次，当场解决 {settled} 个问题"),
        Language::English => {
            format!("{batches} parties, {people} people, {settled} issues settled on the day")
        }
    }
}
