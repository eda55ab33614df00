-- What a list shows of a published visit, a tenth of its state. Filled when rows are rebuilt.

ALTER TABLE visit_row ADD COLUMN listed TEXT;
