mod notice;
mod office;
mod register;
mod small;
