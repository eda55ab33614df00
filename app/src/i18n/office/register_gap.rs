use crate::i18n::texts;

texts! {
    RegisterGapTexts {
        title: "未录入国家信访系统", "Not yet in the national register";
        what: "按国家系统的栏目顺序抄录，录好后填回编号。", "Copy in the register's field order, then enter its number here.";
        today: "今天收到", "Received today";
        earlier: "以前收到", "Received earlier";
        copy_sheet: "抄单", "Copy sheet";
        number: "国家系统编号", "Register number";
        save: "保存编号", "Save the number";
        none: "全部已录入", "Everything is entered";
        none_what: "新收到的事项会列在这里，直到填回编号。", "New matters are listed here until their number is entered.";
        errors_number: "请填写国家系统编号", "Enter the register number";
    }
}
