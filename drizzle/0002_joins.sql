CREATE TABLE `joins` (
	`w` integer NOT NULL,
	`invite` blob NOT NULL,
	`user` blob NOT NULL,
	`received_at` integer NOT NULL,
	`bytes` blob NOT NULL,
	`sig` blob NOT NULL,
	PRIMARY KEY(`w`, `invite`, `user`)
);
