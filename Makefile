# A thin face of run.py; `make help` lists the commands.
.DEFAULT_GOAL := help
.PHONY: demo room test setup build reset region backup restore bench shots lock bundle release help
demo room test setup build reset region backup restore bench shots lock bundle release help:
	@python3 run.py $@ $(ARGS)
