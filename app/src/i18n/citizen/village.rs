use crate::i18n::texts;

texts! {
    VillageTexts {
        title: "村务", "Village";
        choose: "选择您的村或社区", "Choose your village or community";
        township: "乡镇街道", "Township";
        show: "查看", "Show";
        next_visit: "离您最近的接访", "The next visit near you";
        public_matters: "这里的公共事项", "Public matters here";
        agent: "代办员", "Village agent";
        agent_what: "可以替您登记、打印回执、念答复，不收费。不想经过代办员，可以直接登记或打电话。",
            "Registers for you, prints slips and reads answers aloud, free of charge. You can also register directly or call.";
        agent_conflict: "事情涉及本村、村干部或代办员的，请直接登记或打电话，代办员看不到。", "If it concerns the village, its officials or the agent, register directly or call; the agent cannot see it.";
        places: "窗口和代办点", "Desks and help points";
        none: "这个村目前没有公开的事项", "This village has no public matters now";
        none_what: "有事可以登记，也可以写给我们。", "You can register or write to us.";
    }
}
