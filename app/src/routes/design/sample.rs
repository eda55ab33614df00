//! Invented content for the design page.

use leptos::prelude::GetUntracked;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{Filing, Site, TextSize, use_site},
    i18n::texts,
};

/// An invented county, in the text size the address asks for.
pub(super) fn site(texts: &Sample) -> Site {
    let asked = use_query_map().get_untracked().get("text_size");
    Site {
        county_name: texts.county.to_owned(),
        sponsor: texts.sponsor.to_owned(),
        telephone: "0579-8410 0000".to_owned(),
        filings: vec![Filing {
            number: texts.filing.to_owned(),
            register: "https://beian.miit.gov.cn/".to_owned(),
        }],
        text_size: asked
            .as_deref()
            .and_then(TextSize::named)
            .unwrap_or_default(),
        demo: true,
        ..use_site()
    }
}

texts! {
    Sample {
        title: "设计样例", "Design";
        what: "每个部件的每种状态。内容都是虚构的。", "Every component in every state. All content is invented.";
        as_of: "截至 14:05", "as of 14:05";
        county: "某县", "A county";
        sponsor: "某县信访局", "Petition office of a county";
        filing: "某ICP备00000000号", "ICP filing 00000000";
        marks: "标记、印章、回执", "Marks, seals, slips";
        lists: "卡片和列表", "Cards and lists";
        days: "日子和期限", "Days and deadlines";
        fields: "填写", "Fields";
        choices: "选择", "Choices";
        buttons: "按钮", "Buttons";
        day: "12月15日", "15 December";
        later_day: "2月13日", "13 February";
        earlier_day: "12月1日", "1 December";
        serial: "登记号", "Your number";
        qr: "进场二维码", "QR code for the gate";
        inset: "公布后的变更", "Changed since publication";
        inset_what: "12月10日：地点改为县文化馆，时间不变。", "10 December: now in the county cultural centre, at the same time.";
        warning: "还没有发送", "Not yet sent";
        warning_what: "已保存在本机。有信号时请再打开一次本页。", "Saved on this phone. Open this page again when there is a signal.";
        coming: "将要接访", "Coming";
        past: "已经结束", "Past";
        visit: "县领导下访接待日", "County leaders come to listen";
        visit_place: "县文化馆，08:30–11:30", "County cultural centre, 08:30–11:30";
        open: "正在报名，还有 12 个名额", "Open, 12 places left";
        road: "某路段拓宽", "Widening a road";
        road_place: "负责单位：县交通局", "Responsible: county transport bureau";
        name: "姓名", "Name";
        name_hint: "请写身份证上的姓名", "As on the ID card";
        a_name: "王某某", "Wang Moumou";
        phone: "电话号码", "Telephone number";
        matter: "请说说这件事", "Tell us about the matter";
        matter_hint: "写一句话也可以：什么事、在哪里、您希望怎么办。", "One sentence is enough: what, where, and what you would like done.";
        a_matter: "村口的路灯坏了三个月，晚上老人走路不方便，希望修好。", "The lamp at the village entrance has been broken for three months. Please repair it.";
        code: "查询码", "Query code";
        four: "四位数字", "Four digits";
        date: "日期", "Date";
        people: "人数", "People";
        township: "乡镇街道", "Township";
        township_1: "甲镇", "Township A";
        township_2: "乙乡", "Township B";
        unfold: "展开后可以只勾几个村", "Unfold a township to tick single villages";
        villages: "选村", "villages";
        village_1: "东村", "East village";
        village_2: "西村", "West village";
        choose: "请选择", "Please choose";
        wrong_phone: "手机号应为 11 位，请再看一遍", "A mobile number has 11 digits; please check it";
        wrong_people: "代表最多 5 人，请推选 5 名以内的代表", "At most 5 representatives: please choose up to five";
        wrong_township: "请选择乡镇街道", "Choose a township";
        due: "应当答复", "Answer due";
        accepted: "受理", "Accepted";
        accepted_what: "县住建局负责，2月13日前答复。", "The county housing bureau is in charge and answers by 13 February.";
        filed: "您提出了这件事", "You raised the matter";
        more: "为什么要填这些", "Why we ask";
        more_what: "只用于办理这件事，办理的人才能看到。", "Used only for this matter and seen only by those who handle it.";
        empty: "还没有事项", "No matters yet";
        empty_what: "登记以后，用查询码就能在这里看到进展。", "After you register, you see the progress here with your code.";
        loading: "正在取内容", "Fetching";
        send: "确认并发送", "Check and send";
        save: "保存草稿", "Save the draft";
        withdraw: "撤回", "Withdraw";
        go_on: "继续", "Continue";
        official: "某工作人员", "An official";
    }
}

/// A version-1 symbol with the frame of a real one; it holds no data.
pub(super) const QR_SIZE: u32 = 21;
pub(super) const QR_PATH: &str = "M0 0h7v7h-7zM1 1v5h5v-5zM2 2h3v3h-3zM14 0h7v7h-7zM15 1v5h5v-5zM16 2h3v3h-3zM0 14h7v7h-7zM1 15v5h5v-5zM2 16h3v3h-3zM8 6h1v1h-1zM10 6h1v1h-1zM12 6h1v1h-1zM6 8h1v1h-1zM6 10h1v1h-1zM6 12h1v1h-1zM9 9h3v1h-3zM14 9h2v3h-2zM10 12h2v3h-2zM16 14h3v2h-3zM13 17h2v3h-2zM18 18h2v2h-2z";
