resource "aws_instance" "x" {}
# region volume
resource "aws_volume" "data" {
	size = 8 # {{ not a value }}
}
# endregion
