use crate::i18n::texts;

texts! {
    HelpTexts {
        title: "帮助", "Help";
        how: "怎么办事", "How it works";
        how_1: "看公告，选一次接访登记；没有合适的，直接写给我们。", "Choose a visit and register; if none suits, write to us.";
        how_2: "拿到登记号和查询码。查询码一直有效。", "You get a number and a query code. The code stays valid.";
        how_3: "我们在法定期限内告诉您受不受理、由谁办。", "Within the time the law sets, we tell you whether it is accepted and who handles it.";
        how_4: "负责单位书面答复，写明谁在几号前做什么。", "The office in charge answers in writing: who does what by which date.";
        how_5: "不同意可以申请复查、复核。", "If you disagree you can ask for a review and a second review.";
        rights: "您的权利", "Your rights";
        right_answer: "每件事都有答复，每个承诺都有结果。", "Every matter gets an answer, every promise a result.";
        right_privacy: "您的信息只给办理的人看。您可以指定不让谁知道。", "Only those who handle it see your details. You can say who should not know.";
        right_no_retaliation: "反映问题受法律保护，任何人不得打击报复。", "You are protected by law: nobody may retaliate.";
        right_withdraw: "您可以随时撤回，只有您能撤回。", "You may withdraw at any time, and only you may.";
        right_review: "收到答复 30 天内可以申请复查。", "Within 30 days of receiving the answer you may ask for a review.";
        free: "免费", "Free of charge";
        free_what: "登记、接待、代办、打印、查询都不收钱。有人收钱请告诉我们。", "Registering, being received, the agent, printing and following are free. If anyone asks for money, tell us.";
        phone: "电话", "Telephone";
        phone_what: "不会用网页，打电话一样登记、一样查。", "By telephone you can register and follow just the same.";
        desk: "窗口", "The desk";
        danger: "紧急情况", "Emergency";
        danger_what: "这里不是报警平台。有人身危险请马上打 110 或 120。", "This is not an emergency line. If someone is in danger call 110 or 120 at once.";
        words: "这些词是什么意思", "What the words mean";
        word_visit: "接访：领导到当地，当面听大家说事。", "Visit: leaders come and listen in person.";
        word_accepted: "受理：确定归谁办，开始计算期限。", "Accepted: an office has taken it on and the dates run.";
        word_answered: "已答复：书面答复已经发出。", "Answered: the written answer was issued.";
        word_done: "已落实：答复里承诺的事做完了。", "Done: what the answer promised has been carried out.";
        elder: "字太小？", "Text too small?";
        elder_what: "点页面上方的“长辈版”，字和按钮都会变大。", "Choose “Larger text” at the top of any page.";
        privacy: "个人信息怎么用", "How your details are used";
        accessibility: "无障碍说明", "Accessibility";
    }
}
