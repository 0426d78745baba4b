CREATE TABLE `given` (
	`w` integer NOT NULL,
	`channel` blob NOT NULL,
	`id` blob NOT NULL,
	`pos` integer NOT NULL,
	`epoch` integer NOT NULL,
	`device` blob NOT NULL,
	`session` blob NOT NULL,
	`seq` integer NOT NULL,
	`received_at` integer NOT NULL,
	`own` integer NOT NULL,
	`header` blob NOT NULL,
	`nonce` blob NOT NULL,
	`ciphertext` blob NOT NULL,
	PRIMARY KEY(`w`, `channel`, `id`)
);
--> statement-breakpoint
CREATE TABLE `restore_devices` (
	`w` integer NOT NULL,
	`number` integer NOT NULL,
	`device` blob NOT NULL,
	PRIMARY KEY(`w`, `number`, `device`)
);
--> statement-breakpoint
CREATE TABLE `restores` (
	`w` integer NOT NULL,
	`number` integer NOT NULL,
	`id` blob NOT NULL,
	`at` integer NOT NULL,
	`n` integer NOT NULL,
	`closed_at` integer,
	PRIMARY KEY(`w`, `number`)
);
--> statement-breakpoint
ALTER TABLE `channels` ADD `floor` integer DEFAULT 0 NOT NULL;