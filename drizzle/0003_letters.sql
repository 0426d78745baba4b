CREATE TABLE `letters` (
	`w` integer NOT NULL,
	`mailbox` blob NOT NULL,
	`slot` integer NOT NULL,
	`user` blob NOT NULL,
	`received_at` integer NOT NULL,
	`letter` blob NOT NULL,
	PRIMARY KEY(`w`, `mailbox`, `slot`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `letters_mailbox` ON `letters` (`mailbox`,`slot`);