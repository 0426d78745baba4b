CREATE TABLE `push_subscriptions` (
	`w` integer NOT NULL,
	`device` blob NOT NULL,
	`user` blob NOT NULL,
	`endpoint` text NOT NULL,
	`p256dh` blob NOT NULL,
	`auth` blob NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`w`, `device`)
);
