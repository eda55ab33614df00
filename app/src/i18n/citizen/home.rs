use crate::i18n::texts;

texts! {
    HomeTexts {
        title: "有话当面说，件件有回音", "Say it in person, get an answer";
        next_visit: "最近一次接访", "The next visit";
        register_now: "登记报名", "Register";
        no_visit: "目前没有公布新的接访", "No visit is announced right now";
        no_visit_what: "不用等：现在就可以把事情写给我们，手续和查询方法都一样。公布新的接访后会出现在这里。",
            "You need not wait: write to us now; it works the same way and has the same code. A new visit will appear here.";
        write_now: "现在写给我们", "Write to us now";
        see_notices: "看公告", "See notices";
        see_notices_hint: "什么时候、谁来、在哪里", "When, who and where";
        register: "登记", "Register";
        register_hint: "排一个号，当面谈", "Get a number and talk in person";
        follow: "查我的事", "Follow my matter";
        follow_hint: "用回执上的查询码", "With the code on your slip";
        village: "村里的事", "Village matters";
        village_hint: "大家的事办到哪一步", "How far the shared matters have come";
        my_matters: "我的事项", "My matters";
        how: "怎么办事", "How it works";
        how_1: "看公告，选一次接访。", "Read the notices and choose a visit.";
        how_2: "登记，拿到号和时间。", "Register and get your number and time.";
        how_3: "当天带身份证来，当面谈。", "Come on the day with your ID card and talk.";
        how_4: "用查询码看答复，直到事情落实。", "Read the answer with your code until the matter is done.";
        free: "全程免费，不用找人，也不用送礼。", "Free of charge. You need no one's favour.";
        call: "不方便上网，就打电话，我们替您登记。", "Not easy online? Call, and we register for you.";
    }
}
