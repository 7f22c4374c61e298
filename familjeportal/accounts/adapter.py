from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody makes their own account: staff are given one."""

    def is_open_for_signup(self, request):
        return False
