CREATE TABLE `blob_channels` (
	`w` integer NOT NULL,
	`blob` blob NOT NULL,
	`channel` blob NOT NULL,
	PRIMARY KEY(`w`, `blob`, `channel`)
);
--> statement-breakpoint
CREATE TABLE `blobs` (
	`w` integer NOT NULL,
	`blob` blob NOT NULL,
	`user` blob NOT NULL,
	`device` blob NOT NULL,
	`segments` integer NOT NULL,
	`bytes` integer NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`w`, `blob`)
);
--> statement-breakpoint
CREATE TABLE `boxes` (
	`w` integer NOT NULL,
	`purpose` text NOT NULL,
	`scope` blob NOT NULL,
	`epoch` integer NOT NULL,
	`giver` blob NOT NULL,
	`ct` blob NOT NULL,
	PRIMARY KEY(`w`, `purpose`, `scope`, `epoch`, `giver`)
);
--> statement-breakpoint
CREATE TABLE `channels` (
	`w` integer NOT NULL,
	`channel` blob NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`w`, `channel`)
);
--> statement-breakpoint
CREATE TABLE `cursors` (
	`w` integer NOT NULL,
	`device` blob NOT NULL,
	`session` blob NOT NULL,
	`channel` blob NOT NULL,
	`next` integer NOT NULL,
	PRIMARY KEY(`w`, `device`, `session`, `channel`)
);
--> statement-breakpoint
CREATE TABLE `events` (
	`w` integer NOT NULL,
	`channel` blob NOT NULL,
	`pos` integer NOT NULL,
	`id` blob NOT NULL,
	`epoch` integer NOT NULL,
	`device` blob NOT NULL,
	`received_at` integer NOT NULL,
	`header` blob NOT NULL,
	`nonce` blob NOT NULL,
	`ciphertext` blob NOT NULL,
	PRIMARY KEY(`w`, `channel`, `pos`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id` ON `events` (`w`,`channel`,`id`);--> statement-breakpoint
CREATE TABLE `links` (
	`w` integer NOT NULL,
	`n` integer NOT NULL,
	`kind` text NOT NULL,
	`chain` blob NOT NULL,
	`seq` integer NOT NULL,
	`hash` blob NOT NULL,
	`bytes` blob NOT NULL,
	`sig` blob NOT NULL,
	`extra` blob,
	PRIMARY KEY(`w`, `n`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_chain` ON `links` (`w`,`chain`,`seq`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `requests` (
	`w` integer NOT NULL,
	`scope` blob NOT NULL,
	`epoch` integer NOT NULL,
	`user` blob NOT NULL,
	`device` blob NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`sig` blob NOT NULL,
	PRIMARY KEY(`w`, `scope`, `epoch`, `user`, `device`)
);
--> statement-breakpoint
CREATE TABLE `seals` (
	`w` integer NOT NULL,
	`purpose` text NOT NULL,
	`scope` blob NOT NULL,
	`epoch` integer NOT NULL,
	`to` text NOT NULL,
	`recipient` blob NOT NULL,
	`gen` integer NOT NULL,
	`giver` blob NOT NULL,
	`ct` blob NOT NULL,
	PRIMARY KEY(`w`, `purpose`, `scope`, `to`, `recipient`, `epoch`, `gen`, `giver`)
);
--> statement-breakpoint
CREATE TABLE `setup_tokens` (
	`hash` blob PRIMARY KEY NOT NULL,
	`first` integer NOT NULL,
	`expires` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `setup_tokens_expires` ON `setup_tokens` (`expires`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`w` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ws` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `workspaces_ws` ON `workspaces` (`ws`);