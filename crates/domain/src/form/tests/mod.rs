mod account;
mod matter_act;
mod notice;
mod office;
mod register;
mod small;
mod visit_act;
